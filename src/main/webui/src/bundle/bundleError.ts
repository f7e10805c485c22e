/** A file that is no bundle, or a damaged one; the message says what is wrong with it. */
export class BundleError extends Error {
    override readonly name = "BundleError";
}
