import Adversarial
import Foundation
import Generation
import Imaging
import Prompts
import Requests
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// Pictures all around, of every kind of model that draws them.
@Suite struct PanoramaTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func drawn(
        _ model: GeneratorModel,
        _ text: String,
        _ indices: [Int],
        seed: UInt64 = 7
    ) throws -> [Drawing] {
        let prompt = try #require(try Prompt.all(of: text).first)
        return try model.imagine(prompt, by: PromptRules(), seed: seed, indices: indices)
    }

    /// How far the step over the right and left edges is from that between neighbouring columns, the mean of drawings.
    private func seam(_ drawings: [Drawing]) -> Double {
        drawings.reduce(0) { $0 + $1.picture.seams.columns } / Double(max(drawings.count, 1))
    }

    @Test func theBundledModelDrawsNoSeam() throws {
        let model = try GeneratorModel(contentsOf: BundledModel.usual.file())
        model.useThreads(nil)
        let drawings =
            try drawn(model, "a red apple --panorama", Array(0..<4))
            + drawn(model, "风景 --panorama", [0, 1])
        for drawing in drawings {
            let (width, height) = (2 * model.size.width, model.size.height)
            #expect(drawing.picture.width == width && drawing.picture.height == height)
            #expect(drawing.record.sampling.isPanorama == true)
            // Other programs that look around are told so.
            #expect(try drawing.metadata().panorama == PanoramaFrame(width: width, height: height))
        }
        #expect(seam(drawings) <= 1, "\(drawings.map(\.picture.seams.columns))")
        // A pole is one colour.
        let first = drawings[0].picture
        for row in [0, first.height - 1] {
            for x in 0..<first.width {
                for channel in 0..<4 { #expect(first[x, row, channel] == first[0, row, channel]) }
            }
        }
        let alone = try drawn(model, "a red apple --panorama", [2])[0]
        #expect(alone.picture == drawings[2].picture)
        #expect(try model.draw(again: alone.record, name: "a").picture == alone.picture)
        #expect(drawings[0].picture != drawings[1].picture)
    }

    /// Models of a person's own that draw codes draw panoramas, whatever else is asked for.
    @Test func modelsOfCodesDrawThem() throws {
        let model = try GeneratorModel(contentsOf: try WordsModel.write(in: scratch))
        let drawings = try drawn(model, "red apple --panorama", Array(0..<8))
        #expect(drawings.allSatisfy { $0.picture.width == 32 && $0.picture.height == 16 })
        #expect(seam(drawings) <= 1.1, "\(seam(drawings))")
        let near = try drawn(model, "green pear --panorama --quality 1 --zoom 1.5", [0])[0].picture
        #expect(near.width == 32)
        for (text, parameter) in [
            ("red --panorama --ar 3:2", "aspect"), ("red --tile --panorama", "tile"),
        ] {
            let error = try #require(throws: PromptError.self) { try drawn(model, text, [0]) }
            #expect(error.parameter == parameter)
        }
    }

    /// A GAN that was trained to wrap draws what goes on at its edges; another says why it does not.
    @Test func networksDrawThemWhereTheyWrap() throws {
        var steps: [Bool: (edge: Double, inside: Double)] = [:]
        for wraps in [true, false] {
            let model = try GeneratorModel(contentsOf: try network(wraps: wraps))
            let prompt = try #require(try Prompt.all(of: "--panorama").first)
            let plain = try model.draw(DrawingRequest(seed: 1, count: 64)).map(\.picture)
            var sums = [Double](repeating: 0, count: 32)
            for picture in plain {
                for (x, y) in (0..<32).flatMap({ x in (0..<16).map { (x, $0) } }) {
                    sums[x] += Double(abs(picture[x, y, 0] - picture[(x + 1) % 32, y, 0]))
                }
            }
            // Of the steps between columns of the first map, which the edge is one of.
            let borders = stride(from: 3, to: 31, by: 4).map { sums[$0] }
            steps[wraps] = (sums[31], borders.reduce(0, +) / Double(borders.count))
            if wraps {
                let drawing = try model.imagine(prompt, by: PromptRules(), seed: 1, indices: [0])[0]
                #expect(drawing.picture == plain[0].withEvenPoles())
            } else {
                let error = try #require(throws: PromptError.self) {
                    try model.imagine(prompt, by: PromptRules(), seed: 1, indices: [0])
                }
                #expect(error.parameter == "panorama" && "\(error)".contains("model.wraps"))
                #expect(throws: GenerationError.lacks(.wrapping, model: "flat")) {
                    var request = model.request(seed: 1, indices: [0])
                    request.sampling.isPanorama = true
                    _ = try model.draw(request)
                }
            }
        }
        let round = try #require(steps[true])
        #expect(round.edge <= 1.1 * round.inside, "\(round)")
    }

    /// A small network of random weights.
    private func network(wraps: Bool) throws -> URL {
        var settings = DCGAN.Settings()
        settings.latent = 8
        settings.generator.widths = [16, 12, 8]
        let description = ModelDescription(
            family: "dcgan",
            settings: SettingCoding.tree(settings),
            size: [16, 32],
            channels: 1,
            labels: 0,
            labelKind: "none",
            recipe: wraps ? "round" : "flat",
            set: "toy",
            images: 1,
            distribution: .normal,
            classNames: [],
            wraps: wraps ? .horizontally : nil
        )
        let file = scratch.url.appending(path: "\(wraps).safetensors")
        try Safetensors.write(
            try description.generator().state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
        return file
    }
}
