import Foundation
import Imaging
import TestSupport
import Testing

/// The commands that measure and report.
@Suite struct EvaluateTests {
    private let scratch: ScratchFolder
    private let run = "runs/00000-seed-dcgan-mnist-batch16"

    init() throws {
        scratch = try ScratchFolder()
        try ToyData.write(to: scratch.url.appending(path: "data/mnist"))
    }

    private func command(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    private func figures(_ ending: RunningCommand.Ending) throws -> [String: Double] {
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let object = try #require(value as? [String: Any])
        let all = try #require(object["measurements"] as? [[String: Any]])
        return Dictionary(
            all.compactMap { one in
                guard let name = one["name"] as? String, let value = one["value"] as? Double else {
                    return nil
                }
                return (name, value)
            }
        ) { first, _ in first }
    }

    @Test func aRunIsMeasuredAndReported() throws {
        let trained = try RunningCommand.run(
            ["train", "seed-dcgan", "--batch", "16", "--epochs", "2"]
                + ToyData.settings.flatMap { ["--set", $0] },
            in: scratch.url
        )
        #expect(trained.status == 0, "\(trained.errors)")
        func measured() throws -> [String: Double] {
            let ending = try command(
                "evaluate",
                run,
                "--samples",
                "40",
                "--epochs",
                "1",
                "--sweep",
                "8",
                "--json",
                "--quiet"
            )
            #expect(ending.status == 0, "\(ending.errors)")
            return try figures(ending)
        }
        let first = try measured()
        #expect(first["fid_local"] != nil && first["precision"] != nil && first["is_local"] != nil)
        // The same seed, the same figures.
        #expect(try measured() == first)
        let file = scratch.url.appending(path: "\(run)/metric-fid_local.jsonl")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines {
            let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
            let object = try #require(value as? [String: Any])
            #expect((object["results"] as? [String: Double])?["fid_local"] == first["fid_local"])
            #expect((object["snapshot_pkl"] as? String)?.hasPrefix("network-snapshot") == true)
            #expect(object["drawings"] as? Int == 40)
        }
        let disturbed = try command(
            "robustness",
            run,
            "--pictures",
            "8",
            "--epochs",
            "1",
            "--json"
        )
        #expect(disturbed.status == 0, "\(disturbed.errors)")
        let table = try JSONSerialization.jsonObject(with: Data(disturbed.output.utf8))
        let rows = try #require((table as? [String: Any])?["rows"] as? [[String: Any]])
        func logit(_ name: String) throws -> Double {
            let row = try #require(rows.first { $0["disturbance"] as? String == name })
            return try #require(row["realness"] as? Double)
        }
        // What is made against the discriminator works, ten steps at least as well as one.
        #expect(try logit("FGSM 8/255") < logit("none"))
        #expect(try logit("PGD 8/255") <= logit("FGSM 8/255") + 1e-4)
        let reported = try command("report", run)
        #expect(reported.status == 0, "\(reported.errors)")
        let page = try String(
            contentsOf: scratch.url.appending(path: "\(run)/report.html"),
            encoding: .utf8
        )
        #expect(page.contains("fid_local") && page.contains("Spectrum"))
        #expect(page.contains("Precision and recall"))
    }

    @Test func foldersAreMeasuredBesideOthers() throws {
        try ToyData.writeNoise(20, to: scratch.url.appending(path: "noise"))
        let ending = try command(
            "eval",
            "noise",
            "--against",
            "mnist",
            "--epochs",
            "1",
            "--metrics",
            "fid, pr,ifid",
            "--json"
        )
        #expect(ending.status == 0, "\(ending.errors)")
        #expect(try figures(ending)["fid_local"] ?? 0 > 0)
        #expect(ending.errors.contains("ifid: needs two drawings"))
    }

    /// Among other drawings a copy of a training picture is named, with the picture.
    @Test func aPlantedCopyIsFound() throws {
        let files = FileManager.default
        let (real, drawn) = (
            scratch.url.appending(path: "real"), scratch.url.appending(path: "drawn")
        )
        for (folder, count, first) in [(real, 80, 1), (drawn, 20, 1000)] {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            for number in 0..<count {
                try ToyPicture.noise(first + number)
                    .write(to: folder.appending(path: "\(number).png"))
            }
        }
        // Some pictures are held out; of three one at least was trained on.
        let planted = ["11.png", "42.png", "63.png"]
        for name in planted {
            try files.copyItem(
                at: real.appending(path: name),
                to: drawn.appending(path: "copy-of-\(name)")
            )
        }
        let ending = try command(
            "evaluate",
            "drawn",
            "--against",
            "real",
            "--metrics",
            "memory",
            "--epochs",
            "2",
            "--projector",
            "50",
            "--out",
            "found",
            "--json"
        )
        #expect(ending.status == 0, "\(ending.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let pairs = try #require((value as? [String: Any])?["nearest"] as? [[String: Any]])
        let copies = pairs.filter { ($0["distance"] as? Double ?? 1) < 1e-3 }
        #expect((1...3).contains(copies.count) && pairs.count == 5)
        for pair in copies {
            let training = try #require(pair["training"] as? String)
            #expect(planted.contains(training))
            #expect(pair["drawing"] as? String == "copy-of-\(training)")
            #expect(pair["isNearerThanHeldOut"] as? Bool == true)
            #expect(ending.errors.contains("copy-of-\(training) lies"))
        }
        #expect(pairs.suffix(2).allSatisfy { ($0["distance"] as? Double ?? 0) > 1e-3 })
        try expectProjector(in: scratch.url.appending(path: "found"), drawings: 23)
    }

    /// The files agree with each other: a row and a small picture for each point.
    private func expectProjector(in folder: URL, drawings: Int) throws {
        func rows(_ name: String) throws -> [[Substring]] {
            try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                .split(separator: "\n").map {
                    $0.split(separator: "\t", omittingEmptySubsequences: false)
                }
        }
        let (vectors, metadata) = (
            try rows("projector-features.tsv"), try rows("projector-metadata.tsv")
        )
        #expect(vectors.count == drawings + 50 && metadata.count == vectors.count + 1)
        #expect(vectors.allSatisfy { $0.count == 256 && $0.allSatisfy { Double($0) != nil } })
        #expect(metadata.allSatisfy { $0.count == 4 })
        #expect(metadata.count { $0[0] == "drawing" } == drawings)
        let sprite = try Picture(contentsOf: folder.appending(path: "projector-sprite.png"))
        // Nine rows of nine for 73 points.
        #expect(sprite.width == 9 * 16 && sprite.height == 9 * 16)
        let text = try String(
            contentsOf: folder.appending(path: "projector_config.pbtxt"),
            encoding: .utf8
        )
        #expect(text.contains("single_image_dim: 16") && text.contains("projector-sprite.png"))
    }

    /// Every combination is trained once, also when the command is given again.
    @Test func aGridIsTrained() throws {
        let arguments =
            [
                "sweep", "seed-dcgan", "--grid", "seed=0,1,2", "--epochs", "1", "--metrics", "fid",
                "--samples", "16", "--json", "--set", "training.batch=16",
            ] + ToyData.settings.flatMap { ["--set", $0] }
        let ending = try RunningCommand.run(arguments, in: scratch.url)
        #expect(ending.status == 0, "\(ending.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let rows = try #require(value as? [[String: Any]])
        #expect(rows.compactMap { $0["cell"] as? [String] } == [["0"], ["1"], ["2"]])
        let distances = rows.compactMap {
            ($0["figures"] as? [String: Double])?["Metrics/fid_local"]
        }
        #expect(distances.count == 3 && Set(distances).count == 3)
        #expect(ending.errors.contains("| 2 | 64 | completed |"))
        let runs = scratch.url.appending(path: "sweep/runs")
        let folders = try FileManager.default.contentsOfDirectory(atPath: runs.path).sorted()
        #expect(folders == ["0", "1", "2"])
        // Nothing is left to do.
        let again = try RunningCommand.run(arguments, in: scratch.url)
        #expect(again.output == ending.output && !again.errors.contains("run 1 of 3"))
        let other = try RunningCommand.run(
            ["sweep", "seed-dcgan", "--grid", "seed=0,7"],
            in: scratch.url
        )
        #expect(other.status == 1 && other.errors.contains("another grid"))
        let wrong = try RunningCommand.run(
            ["sweep", "seed-dcgan", "--grid", "seeed=0,7", "--out", "b"],
            in: scratch.url
        )
        #expect(wrong.status == 2 && wrong.errors.contains("seeed"), "\(wrong.errors)")
    }

    /// The best half of each round goes on to twice as many steps, until one is left; rows say so.
    @Test func theBestOfAGridGoOn() throws {
        let arguments =
            [
                "sweep", "seed-dcgan", "--grid", "seed=0,1,2,3", "--epochs", "8", "--steps", "2",
                "--halving", "2", "--monitor", "fid_local", "--metrics", "fid", "--samples", "16",
                "--json", "--set", "training.batch=16",
            ] + ToyData.settings.flatMap { ["--set", $0] }
        let ending = try RunningCommand.run(arguments, in: scratch.url)
        #expect(ending.status == 0, "\(ending.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let rows = try #require(value as? [[String: Any]])
        #expect(rows.compactMap { $0["rung"] as? Int } == [0, 0, 0, 0, 1, 1, 2])
        #expect(rows.compactMap { $0["images"] as? Int } == [32, 32, 32, 32, 64, 64, 128])
        func cells(_ rung: Int, best count: Int? = nil) -> Set<String> {
            let found = rows.filter { $0["rung"] as? Int == rung }
            func distance(_ row: [String: Any]) -> Double {
                (row["figures"] as? [String: Double])?["Metrics/fid_local"] ?? .infinity
            }
            let ranked = found.sorted { distance($0) < distance($1) }
            return Set(
                ranked.prefix(count ?? found.count).compactMap { ($0["cell"] as? [String])?[0] }
            )
        }
        #expect(cells(1) == cells(0, best: 2) && cells(2) == cells(1, best: 1))
        // Nothing is left to do, and a run that went on is one run.
        let again = try RunningCommand.run(arguments, in: scratch.url)
        #expect(again.output == ending.output && !again.errors.contains("run 1 of"))
        for number in 0..<4 {
            let runs = scratch.url.appending(path: "sweep/runs/\(number)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: runs.path).count == 1)
        }
        for (options, cure) in [
            (["--halving", "2", "--steps", "2"], "--monitor"),
            (["--halving", "1", "--steps", "2", "--monitor", "recall"], "2 to 100"),
            (["--halving", "2", "--monitor", "recall"], "--minutes or --steps"),
            (["--monitor", "recall"], "--halving"), (["--minutes", "0"], "0.01"),
            (["--mode", "best"], "min or max"),
        ] {
            let wrong = try RunningCommand.run(
                ["sweep", "seed-dcgan", "--grid", "seed=0,1", "--out", "c"] + options,
                in: scratch.url
            )
            #expect(wrong.status == 64 || wrong.status == 2, "\(options)")
            #expect(wrong.errors.contains(cure), "\(wrong.errors)")
        }
    }

    /// Each word has its weight, its map and its column.
    @Test func aPromptIsExplained() throws {
        let ending = try command("explain", "red heart", "--seed", "1", "--json")
        #expect(ending.status == 0, "\(ending.errors)")
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        let found = try #require((value as? [String: Any])?["explanation"] as? [String: Any])
        let words = try #require(found["words"] as? [[String: Any]])
        #expect(words.compactMap { $0["word"] as? String } == ["red", "heart"])
        let maps = words.compactMap { $0["looks"] as? [[Double]] }
        #expect(maps.count == 2 && maps.allSatisfy { $0.count == 8 && $0[0].count == 8 })
        let sums = maps.map { $0.joined().reduce(0, +) }
        // At each of 64 places looks sum to 1, words and codes together.
        #expect(sums.reduce(0, +) < 64 && sums.allSatisfy { $0 > 0 })
        let share = try #require(found["looksAtWords"] as? Double)
        #expect(share > 0 && share < 1)
        let sheet = try Picture(contentsOf: scratch.url.appending(path: "explained.png"))
        #expect(sheet.width == 3 * 130 + 2 && sheet.height == 3 * 130 + 2)
    }

    @Test func whatIsMissingIsNamed() throws {
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "empty"),
            withIntermediateDirectories: true
        )
        for (arguments, status, text) in [
            (["evaluate", "noise"], 1, "noise"),
            (["evaluate", "empty", "--against", "mnist"], 1, "empty"),
            (["evaluate", "mnist"], 1, "--against"),
            (["evaluate", "mnist", "--against", "mnist", "--metrics", "fid,fido"], 2, "fido"),
            (["evaluate", "mnist", "--samples", "0"], 2, "--samples"),
            (["report", "empty"], 1, "stats.jsonl"), (["report", "none"], 1, "none"),
            (["explain", "a::2"], 2, "without weights"), (["explain", " "], 2, "words"),
            (["directions", "--columns", "4"], 2, "odd"), (["directions"], 1, "no styles"),
        ] as [([String], Int32, String)] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            #expect(ending.status == status, "\(arguments): \(ending.errors)")
            #expect(ending.errors.contains(text), "\(arguments): \(ending.errors)")
        }
    }
}
