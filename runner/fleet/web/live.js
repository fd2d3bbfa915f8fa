(() => {
  const line = document.getElementById('live')
  const look = async () => {
    if (document.hidden) return
    try {
      const asked = new URLSearchParams({ fleet: line.dataset.fleet, shown: line.dataset.last, lang: document.documentElement.lang.slice(0, 2) })
      const now = await (await fetch('/live?' + asked)).json()
      if (line.textContent !== now.line) line.textContent = now.line
    } catch { /* the next look may succeed */ }
  }
  setInterval(look, 5000)
})()
