import Datasets
import Testing

@Suite("Augmentation")
struct AugmentationTests {
    private static let side = 8
    private static let picture = (0..<64).map { UInt8($0 * 3) }

    private static func applied(
        _ augmentation: Augmentation,
        to pixels: [UInt8] = picture,
        channels: Int = 1,
        epoch: Int = 0,
        position: Int = 0
    ) -> [UInt8] {
        augmentation.applied(
            to: pixels,
            width: side,
            height: side,
            channels: channels,
            seed: 11,
            epoch: epoch,
            position: position
        )
    }

    private static func moved(right: Int, down: Int, background: UInt8?) -> [UInt8] {
        pixels { x, y in
            let (fromX, fromY) = (x - right, y - down)
            let isInside = (0..<8).contains(fromX) && (0..<8).contains(fromY)
            if let background, !isInside { return Int(background) }
            return sample(min(max(fromX, 0), 7), min(max(fromY, 0), 7))
        }
    }

    /// Samples by place.
    private static func pixels(_ value: (Int, Int) -> Int) -> [UInt8] {
        var result: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side { result.append(UInt8(value(x, y))) }
        }
        return result
    }

    private static func sample(_ x: Int, _ y: Int) -> Int { Int(picture[y * side + x]) }

    private static func warped(_ pixels: [UInt8], _ steps: (inout Warp) -> Void) -> [UInt8] {
        var warp = Warp()
        steps(&warp)
        var result = [UInt8](repeating: 0, count: pixels.count)
        PictureWarp(width: side, height: side, channels: pixels.count / 64)
            .apply(warp, fill: .edge, from: pixels, to: &result)
        return result
    }

    @Test("nothing happens at zero strength, whatever the probabilities")
    func identity() {
        let never = Augmentation.Chance(strength: 0, probability: 1)
        let augmentation = Augmentation(
            rotation: never,
            scale: never,
            crop: never,
            translation: never,
            fill: .background([77])
        )
        for position in 0..<20 {
            #expect(Self.applied(augmentation, position: position) == Self.picture)
            #expect(Self.applied(.none, position: position) == Self.picture)
        }
    }

    @Test("flips are exact and as frequent as asked")
    func flips() {
        let across = Self.pixels { x, y in Self.sample(7 - x, y) }
        #expect(Self.applied(Augmentation(horizontalFlip: 1)) == across)
        let down = Self.pixels { x, y in Self.sample(x, 7 - y) }
        #expect(Self.applied(Augmentation(verticalFlip: 1)) == down)
        let some = (0..<2000).count {
            Self.applied(Augmentation(horizontalFlip: 0.3), position: $0) == across
        }
        // Five standard deviations of 2000 draws at 0.3 are 102.
        #expect(abs(some - 600) < 102)
    }

    @Test(
        "translations are by whole pixels, exact, and reach every place",
        arguments: [true, false]
    )
    func translations(isEdge: Bool) {
        let augmentation = Augmentation(
            translation: .init(strength: 0.25),
            fill: isEdge ? .edge : .background([200])
        )
        var expected: [[UInt8]: Int] = [:]
        for right in -2...2 {
            for down in -2...2 {
                let picture = Self.moved(
                    right: right,
                    down: down,
                    background: isEdge ? nil : 200
                )
                expected[picture] = (right + 2) * 5 + down + 2
            }
        }
        #expect(expected.count == 25)
        let found = (0..<1000).map {
            expected[Self.applied(augmentation, position: $0)]
        }
        #expect(!found.contains(nil))
        #expect(Set(found).count == 25)
    }

    @Test("a quarter turn moves every pixel to its place; a half turn is both flips")
    func turns() {
        let quarter = Self.warped(Self.picture) { $0.rotate(degrees: 90) }
        let expected = Self.pixels { x, y in Self.sample(y, 7 - x) }
        #expect(quarter == expected)
        let half = Self.warped(Self.picture) { $0.rotate(degrees: 180) }
        let flipped = Self.warped(Self.picture) {
            $0.flip(horizontally: true)
            $0.flip(horizontally: false)
        }
        #expect(half == flipped && half == Self.picture.reversed())
    }

    @Test("steps happen in their order: a flip after a translation is another thing than before")
    func order() {
        let left = Self.warped(Self.picture) {
            $0.flip(horizontally: true)
            $0.translate(right: 1, down: 0)
        }
        let flipped = Self.warped(Self.picture) { $0.flip(horizontally: true) }
        let expected = Self.pixels { x, y in Int(flipped[y * 8 + max(x - 1, 0)]) }
        #expect(left == expected)
    }

    @Test("scaling by two keeps the middle and doubles distances")
    func scale() {
        let ramp = Self.pixels { x, _ in 100 + 8 * x }
        let doubled = Self.warped(ramp) { $0.scale(by: 2) }
        // Place x becomes 3.5 + (x − 3.5) / 2: the ramp has half its slope.
        let expected = Self.pixels { x, _ in 114 + 4 * x }
        #expect(doubled == expected)
        let constant = [UInt8](repeating: 93, count: 64)
        let halved = Self.warped(constant) { $0.scale(by: 0.5) }
        #expect(halved == constant)
    }

    @Test("a crop of half a picture shows that half, enlarged")
    func crop() {
        let ramp = Self.pixels { x, _ in 100 + 8 * x }
        let cropped = Self.warped(ramp) { $0.crop(keeping: 0.5, right: 1, down: 0) }
        let expected = Self.pixels { x, _ in 122 + 4 * x }
        #expect(cropped == expected)
        for position in 0..<200 {
            let augmentation = Augmentation(crop: .init(strength: 0.5))
            let result = Self.applied(augmentation, to: ramp, position: position)
            #expect(result.allSatisfy { (100...156).contains($0) })
            for place in 0..<64 where place % 8 < 7 {
                #expect(result[place] <= result[place + 1])
            }
        }
    }

    @Test("what cannot be seen does not bleed into what can")
    func alpha() {
        // Left half opaque red, right half clear with green beneath.
        let red: [UInt8] = [250, 0, 0, 255]
        let clear: [UInt8] = [0, 250, 0, 0]
        var pixels: [UInt8] = []
        for place in 0..<64 { pixels += place % 8 < 4 ? red : clear }
        let turned = Self.warped(pixels) { $0.rotate(degrees: 30) }
        for pixel in stride(from: 0, to: 256, by: 4) where turned[pixel + 3] > 0 {
            #expect(turned[pixel] == 250 && turned[pixel + 1] == 0)
        }
    }

    @Test("numbers of any range are changed like bytes")
    func floats() {
        let augmentation = Augmentation(
            horizontalFlip: 0.5,
            rotation: .init(strength: 30),
            scale: .init(strength: 0.3),
            translation: .init(strength: 0.2)
        )
        let numbers = Self.picture.map { Float($0) / 127.5 - 1 }
        for position in 0..<20 {
            let bytes = Self.applied(augmentation, position: position)
            let result = augmentation.applied(
                to: numbers,
                width: 8,
                height: 8,
                channels: 1,
                seed: 11,
                epoch: 0,
                position: position
            )
            for (byte, number) in zip(bytes, result) {
                #expect(abs((number + 1) * 127.5 - Float(byte)) <= 0.501)
            }
        }
    }

    @Test("is a pure function of seed, epoch and position")
    func pure() {
        let augmentation = Augmentation(
            rotation: .init(strength: 180),
            translation: .init(strength: 0.5)
        )
        let first = Self.applied(augmentation, epoch: 1, position: 5)
        #expect(first == Self.applied(augmentation, epoch: 1, position: 5))
        #expect(first != Self.applied(augmentation, epoch: 2, position: 5))
        #expect(first != Self.applied(augmentation, epoch: 1, position: 6))
    }

    @Test("validation names the value that cannot be")
    func validation() throws {
        try Augmentation(horizontalFlip: 0.5, fill: .background([1, 2, 3])).validate(channels: 3)
        let bad: [(Augmentation, String)] = [
            (Augmentation(horizontalFlip: 1.1), "horizontalFlip"),
            (Augmentation(verticalFlip: -0.1), "verticalFlip"),
            (Augmentation(rotation: .init(strength: 181)), "rotation.strength"),
            (Augmentation(scale: .init(strength: .nan)), "scale.strength"),
            (Augmentation(crop: .init(strength: 1)), "crop.strength"),
            (
                Augmentation(translation: .init(strength: 0.1, probability: 2)),
                "translation.probability"
            ),
            (Augmentation(fill: .background([1, 2])), "fill"),
        ]
        for (augmentation, name) in bad {
            let error = datasetError { try augmentation.validate(channels: 3) }
            #expect(error?.place == "augmentation.\(name)")
        }
    }
}
