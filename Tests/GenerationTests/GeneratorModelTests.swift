import Adversarial
import Foundation
import Generation
import Imaging
import Midjourney
import Prompts
import Runs
import Settings
import TestSupport
import Testing
import Torch

@Suite struct GeneratorModelTests {
    private let scratch: ScratchFolder
    private let file: URL

    /// Writes an untrained generator as a snapshot.
    init() throws {
        scratch = try ScratchFolder()
        file = scratch.url.appending(path: "network-snapshot-000001.safetensors")
        try GeneratorModelTests.write(to: file, classes: ["zero", "one", "two"])
    }

    private static func write(to file: URL, classes: [String], family: String = "dcgan") throws {
        var settings = DCGAN.Settings()
        settings.generator.widths = [16, 8, 4]
        let spec = ImageSpec(height: 28, width: 28, channels: 1, labels: classes.count)
        let network = DCGANGenerator(settings, for: spec, using: RandomSource(seed: 1))
        let description = ModelDescription(
            family: family,
            settings: SettingCoding.tree(settings),
            size: [28, 28],
            channels: 1,
            labels: classes.count,
            labelKind: spec.labelKind.rawValue,
            recipe: "digits",
            set: "mnist",
            images: 1000,
            distribution: .normal,
            classNames: classes
        )
        try Safetensors.write(
            network.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
    }

    @Test(arguments: [1, 3, 8, 33])
    func aPictureIsTheSameInAnyCompany(_ count: Int) throws {
        let model = try GeneratorModel(contentsOf: file)
        let many = try model.draw(DrawingRequest(seed: 7, count: count))
        #expect(many.count == count)
        for index in [0, count / 2, count - 1] {
            let alone = try model.draw(DrawingRequest(seed: 7, indices: [index]))
            #expect(alone[0].picture == many[index].picture)
            #expect(alone[0].record == many[index].record)
        }
    }

    @Test func seedsAndPlacesDiffer() throws {
        let model = try GeneratorModel(contentsOf: file)
        let first = try model.draw(DrawingRequest(seed: 1, count: 2, of: "one"))
        let second = try model.draw(DrawingRequest(seed: 2, count: 2, of: "one"))
        #expect(first[0].picture != first[1].picture)
        #expect(first[0].picture != second[0].picture)
    }

    @Test func classesByNameAndNumber() throws {
        let model = try GeneratorModel(contentsOf: file)
        let byName = try model.draw(DrawingRequest(seed: 1, count: 1, of: "two"))
        let byNumber = try model.draw(DrawingRequest(seed: 1, count: 1, of: "2"))
        #expect(byName[0].picture == byNumber[0].picture)
        #expect(byName[0].record.className == "two")
        #expect(
            throws: GenerationError.unknownClass("nine", known: ["zero", "one", "two"])
        ) { try model.draw(DrawingRequest(seed: 1, count: 1, of: "nine")) }
    }

    /// Among classes called 1 to 12, class 1 is that of this name, and 0 and 01 are none.
    @Test func namesThatAreNumbersWin() throws {
        let names = (1...12).map(String.init).sorted()
        let numbered = scratch.url.appending(path: "numbered.safetensors")
        try GeneratorModelTests.write(to: numbered, classes: names)
        let model = try GeneratorModel(contentsOf: numbered)
        for name in names {
            let drawn = try model.draw(DrawingRequest(seed: 1, count: 1, of: name))
            #expect(drawn[0].record.className == name)
            #expect(try model.countedClasses(Prompt.all(of: name, limit: 1)[0]).isEmpty)
        }
        for name in ["0", "01", "13", "-1", "+1", "1.0"] {
            #expect(throws: GenerationError.unknownClass(name, known: names), "\(name)") {
                try model.draw(DrawingRequest(seed: 1, count: 1, of: name))
            }
        }
        let words = try GeneratorModel(contentsOf: file)
        let counted = try words.countedClasses(Prompt.all(of: "2", limit: 1)[0])
        #expect(counted.map(\.number) == ["2"] && counted.map(\.name) == ["two"])
    }

    @Test func aModelWithoutClassesRefusesThem() throws {
        let plain = scratch.url.appending(path: "plain.safetensors")
        try GeneratorModelTests.write(to: plain, classes: [])
        let model = try GeneratorModel(contentsOf: plain)
        #expect(throws: GenerationError.noClasses(model: "digits")) {
            try model.draw(DrawingRequest(seed: 1, count: 1, of: "1"))
        }
        var sampling = SamplingOptions()
        sampling.guidance = 2
        #expect(throws: GenerationError.lacks(.guidance, model: "digits")) {
            try model.draw(DrawingRequest(seed: 1, count: 1, sampling: sampling))
        }
    }

    @Test func theRecordComesBackFromTheFile() throws {
        let model = try GeneratorModel(contentsOf: scratch.url)
        let drawing = try model.draw(DrawingRequest(seed: 5, indices: [3]))[0]
        let png = scratch.url.appending(path: "picture.png")
        try drawing.picture.write(to: png, metadata: try drawing.metadata())
        let metadata = try PictureMetadata(contentsOf: png)
        #expect(metadata.source == .trainedAlgorithmicMedia)
        let json = try #require(metadata.record)
        let record = try JSONDecoder().decode(Drawing.Record.self, from: Data(json.utf8))
        #expect(record == drawing.record)
        #expect(try Picture(contentsOf: png) == drawing.picture)
        let again = try model.draw(again: record, name: "picture.png")
        #expect(again.picture == drawing.picture && again.record == record)
    }

    @Test func aSheetIsDrawnAgain() throws {
        let model = try GeneratorModel(contentsOf: file)
        let larger = try model.draw(DrawingRequest(seed: 5, count: 3)).map { $0.enlarged(2) }
        let sheet = Drawing.sheet(larger)
        #expect(sheet.record.indices == [0, 1, 2] && sheet.record.columns == 2)
        #expect(try model.draw(again: sheet.record, name: "sheet").picture == sheet.picture)
        var other = sheet.record
        other.digest = "0"
        #expect(
            throws: GenerationError.otherWeights(
                picture: "sheet",
                wanted: "0",
                model: "digits",
                file: sheet.record.weights,
                found: model.digest
            )
        ) { try model.draw(again: other, name: "sheet") }
    }

    /// What pictures share makes them alike; all of their own is as without.
    @Test func picturesShareLatents() throws {
        let model = try GeneratorModel(contentsOf: file)
        func draw(_ variety: Double?, sharesNoise: Bool = false) throws -> [Picture] {
            var sampling = SamplingOptions()
            (sampling.noiseSpread, sampling.sharesNoise) = (variety, sharesNoise)
            let request = DrawingRequest(seed: 5, count: 2, of: "one", sampling: sampling)
            return try model.draw(request).map(\.picture)
        }
        let own = try draw(nil)
        #expect(try draw(1) == own)
        let near = try draw(0.35)
        func distance(_ pictures: [Picture]) -> Int {
            zip(pictures[0].samples, pictures[1].samples).reduce(0) {
                $0 + abs(Int($1.0) - Int($1.1))
            }
        }
        #expect(distance(near) < distance(own))
        let same = try draw(nil, sharesNoise: true)
        #expect(same[0] == same[1])
    }

    private func best(_ quality: Int) -> SamplingOptions {
        var sampling = SamplingOptions()
        sampling.quality = quality
        return sampling
    }

    @Test func theDiscriminatorChoosesAmongCandidates() throws {
        let model = try GeneratorModel(contentsOf: file)
        let beside = RunFolder.critic(beside: file)
        #expect(throws: GenerationError.noCritic(path: beside.path)) {
            try model.draw(DrawingRequest(seed: 3, count: 1, sampling: best(2)))
        }
        let description = CriticDescription(
            of: model.description,
            tasks: [Classification.name: SettingCoding.tree(Classification.Settings())]
        )
        let critic = try description.critic()
        try Safetensors.write(
            critic.state().map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: beside
        )
        critic.setTraining(false)
        func score(_ drawing: Drawing) -> Double {
            let values = drawing.picture.samples.map { Float($0) / 127.5 - 1 }
            let picture = Tensor(values, shape: [1, 1, 28, 28])
            return critic.scores(picture, labels: Tensor([1]))
                .item()
        }
        let request = { (quality: Int) in
            DrawingRequest(seed: 3, count: 5, of: "one", sampling: self.best(quality))
        }
        let first = try model.draw(request(1))
        let chosen = try model.draw(request(6))
        #expect(zip(first, chosen).allSatisfy { score($0) <= score($1) + 1e-3 })
        #expect(zip(first, chosen).contains { $0.picture != $1.picture })
        #expect(chosen[0].record.sampling.quality == 6)
        let alone = try model.draw(
            DrawingRequest(
                seed: 3,
                indices: [2],
                parts: [Prompt.Part(text: "one", weight: 1)],
                sampling: best(6)
            )
        )
        #expect(alone[0].picture == chosen[2].picture)
    }

    @Test func badFilesAreNamed() throws {
        let other = scratch.url.appending(path: "other.safetensors")
        try Safetensors.write([("x", .ones([2]))], metadata: [:], to: other)
        #expect(throws: GenerationError.noModel(path: other.path)) {
            try GeneratorModel(contentsOf: other)
        }
        try GeneratorModelTests.write(to: other, classes: [], family: "vae")
        #expect(throws: GenerationError.unknownFamily("vae", path: other.path)) {
            try GeneratorModel(contentsOf: other)
        }
        let missing = scratch.url.appending(path: "none")
        #expect(throws: GenerationError.missing(path: missing.path)) {
            try GeneratorModel(contentsOf: missing)
        }
    }
}
