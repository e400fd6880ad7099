/// Pictures in DEC's sixel graphics: bands of six rows, for each colour one line over the band.
///
/// Source: DEC STD 070, Video Systems Reference Manual, chapter 9: a character from 63 on stands for
/// six pixels, lowest bit on top; `!n` repeats, `$` returns, `-` is the next band.
enum SixelText {
    /// Steps of each colour: 216 colours.
    private static let levels = 6

    /// The text of a picture; three channels are shown.
    static func text(_ picture: Picture) -> String {
        let shown = picture.converted(depth: .eight).converted(channels: 3)
        let colors = numbers(of: shown)
        var result = "\u{1B}P0;1q\"1;1;\(shown.width);\(shown.height)"
        for color in Set(colors).sorted() {
            let parts = [color / 36, color / 6 % 6, color % 6].map { String($0 * 20) }
            result += "#\(color);2;" + parts.joined(separator: ";")
        }
        for top in stride(from: 0, to: shown.height, by: 6) {
            let rows = min(6, shown.height - top)
            let band = colors[top * shown.width..<(top + rows) * shown.width]
            for color in Set(band).sorted() {
                result += "#\(color)"
                result += line(of: color, band: Array(band), width: shown.width, rows: rows)
                result += "$"
            }
            result += "-"
        }
        return result + "\u{1B}\\\n"
    }

    /// The number of each pixel's colour, mistakes spread over a pattern of four by four.
    private static func numbers(of picture: Picture) -> [Int] {
        let pattern = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]
        return (0..<picture.width * picture.height).map { pixel in
            let (x, y) = (pixel % picture.width, pixel / picture.width)
            let offset = Double(pattern[y % 4 * 4 + x % 4]) / 16 - 0.47
            return (0..<3).reduce(0) { number, channel in
                let level = Double(picture.samples[pixel * 3 + channel]) / 255 * 5 + offset
                return number * levels + min(max(Int(level.rounded()), 0), levels - 1)
            }
        }
    }

    private static func line(of color: Int, band: [Int], width: Int, rows: Int) -> String {
        let characters = (0..<width).map { x in
            (0..<rows).reduce(63) { $0 + (band[$1 * width + x] == color ? 1 << $1 : 0) }
        }
        var result = ""
        var start = 0
        while start < width {
            var end = start
            while end < width, characters[end] == characters[start] { end += 1 }
            let character = String(UnicodeScalar(UInt8(characters[start])))
            let count = end - start
            result +=
                count > 3 ? "!\(count)\(character)" : String(repeating: character, count: count)
            start = end
        }
        return result
    }
}
