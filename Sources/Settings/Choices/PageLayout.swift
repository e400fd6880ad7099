/// A page of an exact size with a picture and words on it, such as an advertisement.
public struct PageLayout: Codable, Sendable, Equatable {
    /// Where the words stand.
    public enum Place: String, Codable, Sendable, CaseIterable {
        /// Above the picture.
        case top
        /// Below it.
        case bottom
        /// To the left of it.
        case left
        /// To the right of it.
        case right
        /// On it, which fills the page.
        case over
    }

    /// Pixels across, without the bleed.
    public var width: Int
    /// Pixels down, without the bleed.
    public var height: Int
    /// Pixels beyond each side that are cut off after printing.
    public var bleed = 0
    /// What lies under all else.
    public var background = PictureColor.white
    /// The words; none for the picture alone.
    public var text = ""
    /// Where they stand.
    public var place = Place.bottom

    /// A page without words.
    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    /// Pixels that a side may have, the bleed being part of it.
    public static let sides = 16...8192
    /// Pixels that are cut off.
    public static let bleeds = 0...512

    /// Whether all numbers are within their bounds: a file may say anything.
    public var isPossible: Bool {
        Self.sides.contains(width) && Self.sides.contains(height) && Self.bleeds.contains(bleed)
            && text.utf8.count <= Self.longestText
    }

    /// Bytes that words may have.
    public static let longestText = 2000

    /// A rectangle of the page.
    package struct Area: Equatable {
        package var x: Int
        package var y: Int
        package var width: Int
        package var height: Int

        /// The same without a border inside.
        package func inset(_ border: Int) -> Area {
            Area(
                x: x + border,
                y: y + border,
                width: max(width - 2 * border, 1),
                height: max(height - 2 * border, 1)
            )
        }
    }

    /// Pixels between words or a cut-out thing and the edge.
    package var margin: Int { max(min(width, height) / 16, 1) }

    /// Where the picture and where the words are, on a page with its bleed.
    package var areas: (picture: Area, text: Area) {
        let page = Area(x: 0, y: 0, width: width + 2 * bleed, height: height + 2 * bleed)
        guard !text.isEmpty else { return (page, page.inset(bleed + margin)) }
        let (across, down) = (bleed + width * 2 / 5, bleed + height * 3 / 10)
        var (picture, words) = (page, page)
        switch place {
        case .top:
            words.height = down
            (picture.y, picture.height) = (down, page.height - down)
        case .bottom:
            picture.height = page.height - down
            (words.y, words.height) = (page.height - down, down)
        case .left:
            words.width = across
            (picture.x, picture.width) = (across, page.width - across)
        case .right:
            picture.width = page.width - across
            (words.x, words.width) = (page.width - across, across)
        case .over: (words.y, words.height) = (page.height - down, down)
        }
        // Words keep away from what is cut off, and from the edge.
        let safe = page.inset(bleed + margin)
        let left = max(words.x + margin / 2, safe.x)
        let top = max(words.y + margin / 2, safe.y)
        let right = min(words.x + words.width - margin / 2, safe.x + safe.width)
        let bottom = min(words.y + words.height - margin / 2, safe.y + safe.height)
        return (
            picture,
            Area(x: left, y: top, width: max(right - left, 1), height: max(bottom - top, 1))
        )
    }

    /// Pixels of the longer side that a picture needs so that none is made up.
    public var wantedSide: Int {
        let area = areas.picture
        return max(area.width, area.height)
    }
}

extension PageLayout {
    private enum CodingKeys: String, CodingKey {
        case width, height, bleed, background, text, place
    }

    /// Reads a page; what is left out is usual.
    ///
    /// - Throws: `DecodingError` for what is none.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            width: try box.decode(Int.self, forKey: .width),
            height: try box.decode(Int.self, forKey: .height)
        )
        bleed = try box.decodeIfPresent(Int.self, forKey: .bleed) ?? 0
        background = try box.decodeIfPresent(PictureColor.self, forKey: .background) ?? .white
        text = try box.decodeIfPresent(String.self, forKey: .text) ?? ""
        place = try box.decodeIfPresent(Place.self, forKey: .place) ?? .bottom
    }
}
