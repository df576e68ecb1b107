// A file of its own, as the hub's pages allow no inline script.
const account = new URLSearchParams(location.search).get('account');
const address = new URL('widget.js', location.href).href;

document.getElementById('snippet').textContent =
  `<script src="${address}" data-account="${account ?? 'ID'}" async></` + 'script>';

if (account) {
  const script = document.createElement('script');
  script.src = address;
  script.async = true;
  script.dataset.account = account;
  document.head.append(script);
} else {
  document.getElementById('missing').hidden = false;
}
