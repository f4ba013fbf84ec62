// The address under which this page was found is the one that the first call needs.
for (const place of document.querySelectorAll('[data-origin]')) {
  place.textContent = location.origin;
}
