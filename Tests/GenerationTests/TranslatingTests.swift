import Adversarial
import Datasets
import Foundation
import Generation
import Imaging
import Midjourney
import Requests
import Runs
import TestSupport
import Testing
import Torch

/// Pictures made into pictures of another kind, by small networks with random weights.
@Suite struct TranslatingTests {
    private let scratch: ScratchFolder
    private let both: GeneratorModel

    init() throws {
        scratch = try ScratchFolder()
        both = try GeneratorModel(contentsOf: TranslationModel.write(in: scratch))
    }

    private func picture(_ width: Int, _ height: Int, channels: Int) -> Picture {
        Picture(
            width: width,
            height: height,
            channels: channels,
            samples: (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 * 37) }
        )
    }

    /// Any size, down to one pixel; grey pictures get colours.
    @Test(arguments: [1, 2, 3, 4], [(1, 1), (5, 16), (33, 17), (40, 16)])
    func picturesStayAsLarge(_ channels: Int, _ size: (width: Int, height: Int)) throws {
        let before = picture(size.width, size.height, channels: channels)
        for backwards in [false, true] {
            let made = try both.translated(before, backwards: backwards, name: "a")
            #expect(made.picture.width == size.width && made.picture.height == size.height)
            #expect(made.picture.channels == (channels < 3 ? channels + 2 : channels))
            let told = ["backwards": backwards ? 1.0 : 0]
            #expect(made.record.edit == Edit("translate", of: ["a"], told))
        }
    }

    /// A picture as large as a window is what the network makes of it, to the last level.
    @Test func oneWindowIsTheNetworkAlone() throws {
        let before = picture(16, 16, channels: 3)
        let network = try #require(try both.description.generator() as? TranslationGenerator)
        try network.load(state: Safetensors.read(from: both.file).tensors)
        let alone = withoutGradients { network.translated(both.tensor([before])) }
        let made = try both.translated(before, backwards: false, name: "a").picture
        let levels = Picture.batch(of: alone)[0].samples
        #expect(zip(made.samples, levels).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
        let back = try both.translated(before, backwards: true, name: "a").picture
        #expect(back != made)
    }

    /// Steps from column to column, or from row to row: the mean over the picture of each.
    private func steps(_ picture: Tensor, along axis: Int) -> [Double] {
        let length = picture.size(axis)
        let apart =
            picture.sliced(1..<length, along: axis) - picture.sliced(0..<length - 1, along: axis)
        return apart.absolute().mean(over: axis == 3 ? [0, 1, 2] : [0, 1, 3]).doubles()
    }

    /// The largest step at a joint beside the largest between the columns next to it.
    private func jump(_ steps: [Double], at joints: [Int]) -> Double {
        joints.map { joint in
            let near = [joint - 3, joint - 2, joint + 1, joint + 2].compactMap { place in
                steps.indices.contains(place) ? steps[place] : nil
            }
            return steps[joint - 1] / (near.max() ?? 1)
        }.max() ?? 0
    }

    /// Windows that each have a level of their own leave no edge where they meet; without mixing they would.
    @Test func windowsLeaveNoEdge() {
        let source = RandomSource(seed: 8)
        let windows = BlendedWindows(size: (40, 72), window: (16, 24))
        // As different as normalisation can make them: each window is lit by chance.
        func lit(_ parts: Tensor) -> Tensor {
            parts + Tensor.uniform([parts.size(0), 1, 1, 1], from: -1, to: 1, using: source)
        }
        let smooth = Tensor.uniform([1, 2, 5, 9], from: -1, to: 1, using: source)
            .resampled(size: [40, 72], .bilinear)
        let made = windows.drawn(smooth, together: 3, lit)
        #expect(made.shape == [1, 2, 40, 72])
        for (axis, length, window) in [(2, 40, 16), (3, 72, 24)] {
            let starts = BlendedWindows.starts(length, window)
            #expect(zip(starts, starts.dropFirst()).allSatisfy { $1 - $0 <= window / 2 })
            #expect(starts.last == length - window)
            let joints = (starts + starts.map { $0 + window }).filter { $0 > 2 && $0 < length - 2 }
            #expect(jump(steps(made, along: axis), at: joints) < 1.25)
            // Side by side, the same windows show edges.
            let cut = Tensor.concatenated(
                stride(from: 0, to: length, by: window / 2).map { start in
                    lit(smooth.sliced(start..<start + window / 2, along: axis))
                },
                along: axis
            )
            let edges = Array(stride(from: window / 2, to: length, by: window / 2))
            #expect(jump(steps(cut, along: axis), at: edges) > 2)
        }
    }

    /// What every window leaves alone stays as it was.
    @Test(arguments: [(1, 1), (7, 90), (16, 16), (50, 31)])
    func windowsChangeNothingByThemselves(_ rows: Int, _ columns: Int) {
        let picture = Tensor.uniform(
            [1, 3, rows, columns],
            from: -1,
            to: 1,
            using: RandomSource(seed: 2)
        )
        let windows = BlendedWindows(size: (rows, columns), window: (16, 16))
        let made = windows.drawn(picture, together: 5) { $0 }
        #expect(mismatch(made, picture, tolerance: 1e-6) == nil)
    }

    /// Models that cannot, and ways that are not there, are refused with what to do.
    @Test func whatCannotBeDoneIsRefused() throws {
        let some = picture(16, 16, channels: 3)
        let paired = try GeneratorModel(
            contentsOf: TranslationModel.write(in: scratch, mode: .paired)
        )
        #expect(throws: GenerationError.noWayBack(model: "small-translation")) {
            try paired.translated(some, backwards: true, name: "a")
        }
        let repairer = try GeneratorModel(contentsOf: RepairModel.write(in: scratch, factor: 1))
        #expect(throws: GenerationError.noTranslation(model: "repair")) {
            try repairer.translated(some, backwards: false, name: "a")
        }
        #expect(throws: GenerationError.noRepair("restore", model: "small-translation")) {
            try both.repaired(some, nil, name: "a")
        }
        let limit = GeneratorModel.longestRepair
        #expect(throws: GenerationError.tooLarge(picture: "a", side: limit + 1, limit: limit)) {
            try both.translated(picture(limit + 1, 1, channels: 1), backwards: false, name: "a")
        }
        let drawing = PictureRequest(.imagine, nil, count: 1)
        #expect(throws: GenerationError.lacks(.drawing, model: "small-translation")) {
            try both.perform(drawing, by: .house) { _ in }
        }
        #expect(both.summary.translates == true && !both.summary.repairs)
    }

    /// A request does what the function does, and says so in the file.
    @Test func requestsTranslate() throws {
        let file = scratch.url.appending(path: "street.png")
        let before = picture(20, 18, channels: 3)
        try before.write(to: file)
        var made: [Drawing] = []
        try both.perform(
            PictureRequest(.translate(backwards: true), count: 1, pictures: [file.path]),
            by: .house
        ) { if case .picture(_, let drawing) = $0 { made.append(drawing) } }
        #expect(made.count == 1)
        let alone = try both.translated(before, backwards: true, name: "street.png")
        #expect(made.first?.picture == alone.picture)
        let told = try #require(made.first).metadata()
        #expect(told.parameters?.contains("Model: small-translation") == true)
    }
}
