(() => {
  const line = document.getElementById('live')
  const look = async () => {
    if (document.hidden) return
    try {
      const now = await (await fetch('/live?fleet=' + encodeURIComponent(line.dataset.fleet))).json()
      let text = now.round ? `Round ${now.round} runs: ${now.done || 0} of ${now.targets || 0} targets, ${now.broken || 0} broken, ${now.not_tested || 0} not tested.`
        : now.paused ? 'The schedule is paused: no round begins by itself.' : 'No round runs now.'
      if (now.last && String(now.last) !== line.dataset.last) text += ` Round ${now.last} has ended: load the page again to see it.`
      if (line.textContent !== text) line.textContent = text
    } catch { /* the next look may succeed */ }
  }
  setInterval(look, 5000)
})()
