/** The product's mark: two carets that share one frame. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="currentColor"
      aria-hidden="true"
      className="flex-none text-accent"
    >
      <path d="M5 2.5h6.2c.5 0 .8.4.8.8v3.2c0 .5-.3.8-.8.8H7.4v10.2a1.2 1.2 0 0 1-2.4 0z" />
      <path opacity=".55" d="M12.6 10.2a1.2 1.2 0 0 1 2.4 0v7.3H8.9v-3.9h3.7z" />
    </svg>
  );
}
