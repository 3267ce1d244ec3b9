// Tells, without moving anything, that letters have come since the list was shown.
const news = document.getElementById("news");
if (news) {
  const shown = Number(news.dataset.count);
  setInterval(async () => {
    const answer = await fetch("/count").catch(() => null);
    const more = answer?.ok ? Number(await answer.text()) - shown : 0;
    const text = more > 0 ? `${more} new ${more === 1 ? "letter" : "letters"}: show` : "";
    if (text && news.textContent !== text) {
      const link = document.createElement("a");
      link.href = "/";
      link.textContent = text;
      news.replaceChildren(link);
    }
  }, 2000);
}
