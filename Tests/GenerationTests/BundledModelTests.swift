import Foundation
import Generation
import Prompts
import Testing

/// The model that comes with the product.
@Suite struct BundledModelTests {
    @Test func itIsLightAndWhole() throws {
        let file = try BundledModel.usual.file()
        let folder = file.deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        func size(_ names: [String]) throws -> Int {
            try names.reduce(0) { sum, name in
                let path = folder.appending(path: name).path
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                return sum + (size ?? 0)
            }
        }
        let repairers = ["restore.safetensors", "upscale.safetensors"]
        let own = ["emoji-discriminator.safetensors", "emoji.safetensors"]
        let measuring = ["local-emoji-64x64x4.safetensors"]
        #expect(names.sorted() == own + measuring + repairers)
        #expect(try size(measuring) <= 2_621_440)
        #expect(try size(own) <= 16_777_216)
        #expect(try size(repairers) <= 8_388_608)
        let model = try GeneratorModel(contentsOf: file)
        #expect(model.size == (64, 64) && model.description.channels == 4)
        let words = try #require(model.description.text?.words)
        #expect(Set(words).isSuperset(of: ["apple", "红苹果", "firefighter"]))
    }

    /// Picture 3 of 8 is picture 3 alone, with every way of drawing.
    @Test(arguments: ["a red apple", "红苹果 --no 叶子 --quality 2", "cat:: hat --chaos 50 --weird 250"])
    func aPictureIsTheSameInAnyCompany(_ text: String) throws {
        let model = try GeneratorModel(contentsOf: BundledModel.usual.file())
        let prompt = try #require(try Prompt.all(of: text).first)
        let all = try model.imagine(prompt, by: PromptRules(), seed: 7, indices: Array(0..<8))
        #expect(
            try model.imagine(prompt, by: PromptRules(), seed: 7, indices: [3])[0].picture
                == all[3].picture
        )
        #expect(Set(all.map(\.picture.samples)).count > 1)
    }

    /// Red things are red and blue ones blue.
    @Test func coloursAreThoseAskedFor() throws {
        let model = try GeneratorModel(contentsOf: BundledModel.usual.file())
        func means(_ text: String) throws -> (red: Double, blue: Double) {
            let prompt = try #require(try Prompt.all(of: text).first)
            var sums = (red: 0.0, blue: 0.0)
            for drawing in try model.imagine(
                prompt,
                by: PromptRules(),
                seed: 1,
                indices: Array(0..<8)
            ) {
                let samples = drawing.picture.samples
                for pixel in stride(from: 0, to: samples.count, by: 4) {
                    let cover = Double(samples[pixel + 3])
                    sums.red += Double(samples[pixel]) * cover
                    sums.blue += Double(samples[pixel + 2]) * cover
                }
            }
            return sums
        }
        for (red, blue) in [("red heart", "blue heart"), ("red square", "blue square")] {
            let (first, second) = (try means(red), try means(blue))
            #expect(first.red > 2 * first.blue, "\(red)")
            #expect(second.blue > second.red, "\(blue)")
        }
    }
}
