/// The grey of a colour, by the weights of ITU-R BT.601 (those of JPEG and of most tools).
enum Luma {
    /// The weighted mean, rounded; exact for grey, whatever the depth.
    static func grey(red: Int, green: Int, blue: Int) -> Int {
        (19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16
    }
}
