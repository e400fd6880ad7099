import Autoregressive
import Datasets
import Foundation
import Generation
import Hub
import Imaging
import Prompts
import TestSupport
import Testing
import Torch

/// A transformer over codes and a tokenizer of LlamaGen's kind, put together and drawn with.
///
/// That both give what LlamaGen's program gives is shown by their own tests.
@Suite("LlamaGen")
struct LlamaGenTests {
    private let scratch: ScratchFolder
    private let models: InstalledModels

    init() throws {
        GeneratorModel.setThreads(1)
        scratch = try ScratchFolder()
        models = InstalledModels(in: scratch.url.appending(path: "models"))
    }

    /// A file as `models add` makes it of a checkpoint: a small network with other numbers of codes.
    private func file(_ name: String, codes: Int = 41) throws -> URL {
        let found = try FixtureCase.named(name, in: "other-networks")
        guard case .list(let lines) = found.options["state"] else { return scratch.url }
        var state: [(name: String, tensor: Tensor)] = []
        for case .text(let line) in lines {
            let parts = line.split(separator: " ").map(String.init)
            var shape = parts[1].split(separator: "x").compactMap { Int($0) }
            if parts[0] == "quantize.embedding.weight" { shape[0] = codes }
            let (scale, shift) = (try #require(Double(parts[2])), try #require(Double(parts[3])))
            let tensor = NamedNumbers.tensor(parts[0], shape, scale: scale, shift: shift)
            state.append((parts[0], tensor))
        }
        let original = found.text("metadata").replacingOccurrences(
            of: "\"codebook_size\": 96",
            with: "\"codebook_size\": \(codes)"
        )
        let url = scratch.url.appending(path: "\(name)-\(codes).safetensors")
        try Safetensors.write(state, metadata: [OtherWeights.key: original], to: url)
        return url
    }

    private func model() throws -> GeneratorModel {
        let added = try models.add(
            file("llamagen-transformer-deep"),
            tokenizer: file("llamagen-tokenizer").path,
            as: "small",
            replaces: true
        )
        #expect(added.family == "llamagen" && added.name == "small")
        #expect(added.terms?.contains("ImageNet") == true)
        return try GeneratorModel(contentsOf: try #require(models.place(of: "small")))
    }

    @Test("a class is drawn as both networks draw it by themselves")
    func classes() throws {
        let model = try model()
        #expect(model.size == (10, 10))
        let transformer = try OtherWeights(reading: file("llamagen-transformer-deep")).transformer()
        let tokenizer = try OtherWeights(reading: file("llamagen-tokenizer")).tokenizer()
        for guidance in [1.0, 4] {
            var options = SamplingOptions()
            (options.guidance, options.temperature) = (guidance, 0)
            let request = DrawingRequest(seed: 1, count: 1, of: "3", sampling: options)
            let picture = try model.draw(request)[0].picture
            var sampling = TokenSampling()
            sampling.temperature = 0
            let codes = transformer.draw(
                Tensor([3]),
                guidance: guidance,
                sampling,
                by: .zeros([1, 25])
            )
            let wanted = tokenizer.separatePictures(of: codes, side: 5)
            #expect(picture == Picture.batch(of: wanted, depth: .eight)[0], "\(guidance)")
        }
    }

    @Test(
        "a picture is the same in any company, with any threads, and its codes are shown on the way"
    )
    func company() throws {
        let model = try model()
        let prompt = try #require(try Prompt.all(of: "2 --no 4").first)
        var shown: [Int] = []
        let previews = DrawingPreviews(2) { index, _, _ in shown.append(index) }
        let all = try model.imagine(
            prompt,
            by: PromptRules(),
            seed: 3,
            indices: [0, 1, 2, 5],
            previews: previews
        )
        #expect(shown.sorted() == [0, 0, 1, 1, 2, 2, 5, 5])
        #expect(Set(all.map(\.picture.samples)).count == 4)
        defer { GeneratorModel.setThreads(1) }
        for (place, index, threads) in [(2, 2, 1), (3, 5, 2)] {
            GeneratorModel.setThreads(threads)
            let alone = try model.imagine(prompt, by: PromptRules(), seed: 3, indices: [index])[0]
            #expect(alone.picture == all[place].picture)
        }
    }

    @Test("what a mask shows stays, and what it hides is drawn")
    func infilling() throws {
        let model = try model()
        let prompt = try #require(try Prompt.all(of: "1").first)
        let before = try model.imagine(prompt, by: PromptRules(), seed: 8, indices: [0])[0].picture
        let mask = PictureMask(width: 10, height: 10) { $0 % 10 < 5 }
        let request = DrawingRequest(seed: 9, count: 1, of: "1")
        let after = try model.inpainted(before, mask, name: "before.png", request)[0].picture
        let pixels = zip(before.samples, after.samples).enumerated()
        #expect(pixels.allSatisfy { $0 / 3 % 10 < 5 || $1.0 == $1.1 })
        #expect(before != after)
    }

    @Test("halves alone, and halves that do not go together, are refused")
    func refusals() throws {
        let (transformer, tokenizer) = (
            try file("llamagen-transformer-deep"), try file("llamagen-tokenizer")
        )
        for (half, kind) in [(transformer, "transformer"), (tokenizer, "tokenizer")] {
            let error = try #require(throws: GenerationError.self) {
                _ = try GeneratorModel(contentsOf: half)
            }
            #expect(error == .partOfModel(path: half.path, part: kind))
        }
        func said(_ first: URL, _ second: URL) -> String {
            do {
                _ = try models.add(first, tokenizer: second.path, as: "wrong")
            } catch {
                return "\(error)"
            }
            return "nothing"
        }
        let other = try file("llamagen-tokenizer", codes: 96)
        #expect(said(transformer, other).contains("draws 41 codes, its tokenizer has 96"))
        #expect(said(tokenizer, transformer).contains("expected a transformer"))
        #expect(said(transformer, transformer).contains("expected a VQGAN"))
        let missing = scratch.url.appending(path: "none.pt")
        #expect(said(transformer, missing).contains("no such file"))
        #expect(models.place(of: "wrong") == nil)
    }

    @Test("published models of classes are known by their files")
    func known() throws {
        let known = try #require(KnownModel.named("LlamaGen-L-384"))
        let files = [
            "README.md", "c2i_L_256.pt", "c2i_L_384.pt", "vq_ds16_c2i.pt", "vq_ds16_t2i.pt",
        ]
        #expect(known.wanted(of: files) == ["c2i_L_384.pt", "vq_ds16_c2i.pt"])
        #expect(known.pair?.places == 576)
        let folder = URL(filePath: "/f", directoryHint: .isDirectory)
        #expect(
            known.addition(in: folder) == [
                "/f/c2i_L_384.pt", "--tokenizer", "/f/vq_ds16_c2i.pt", "--places", "576",
            ]
        )
        #expect(KnownModel.all.map(\.name) == KnownModel.all.map(\.name).sorted())
    }
}
