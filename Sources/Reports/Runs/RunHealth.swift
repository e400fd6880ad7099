import Foundation
import Runs

/// How a run goes, in sentences.
public struct RunHealth: Sendable, Equatable {
    /// How much a sentence matters.
    public enum Level: Int, Sendable, Comparable {
        /// All is as it should be.
        case good
        /// Worth a look.
        case watch
        /// Something went wrong.
        case bad

        /// Orders by what matters more.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// A sentence.
    public struct Finding: Sendable, Equatable {
        /// How much it matters.
        public var level: Level
        /// What it says.
        public var text: String
    }

    /// The findings, what matters most first.
    public let findings: [Finding]

    /// The health in a word.
    public var verdict: Level { findings.first?.level ?? .good }

    /// Looks at a run.
    public init(of run: RunRecord) {
        let found = [
            RunHealth.ending(run), RunHealth.recovery(run), RunHealth.balance(run),
            RunHealth.best(run), RunHealth.progress(run), RunHealth.copies(run),
            RunHealth.variety(run), RunHealth.labels(run),
        ].compactMap { $0 }
        findings = found.sorted { $0.level > $1.level }
    }

    private static func ending(_ run: RunRecord) -> Finding? {
        guard let status = run.status else {
            return Finding(level: .watch, text: "There is no status: the run has not begun.")
        }
        let images = "\(status.images.formatted(.number.locale(Locale(identifier: "en"))))"
        switch status.state {
        case .finished:
            let early =
                status.reason == .earlyStopping
                ? "stopped early, as it no longer improved," : "finished"
            return Finding(level: .good, text: "The run \(early) after \(images) pictures.")
        case .running:
            let isOld = Date().timeIntervalSince(status.updated) > 3600
            return Finding(
                level: isOld ? .watch : .good,
                text: isOld
                    ? "The run says that it trains, but has written nothing for an hour: it was killed, or"
                        + " hangs. Go on with 'atelier train --resume'."
                    : "The run trains; \(images) pictures so far."
            )
        case .stopped:
            return Finding(
                level: .watch,
                text: "The run was stopped after \(images) pictures and can go on with"
                    + " 'atelier train --resume'."
            )
        case .failed:
            return Finding(
                level: .bad,
                text:
                    "The run failed after \(images) pictures (\(status.reason?.rawValue ?? "error"))."
                    + (status.message.isEmpty ? "" : " \(status.message)")
            )
        }
    }

    private static func recovery(_ run: RunRecord) -> Finding? {
        guard let count = run.points("Health/rollbacks").map(\.y).max(), count > 0 else {
            return nil
        }
        return Finding(
            level: .watch,
            text:
                "The players diverged or collapsed \(Markup.figure(count)) times; the run went back each time."
        )
    }

    /// Whether one player wins: signs of the logits near ±1.
    private static func balance(_ run: RunRecord) -> Finding? {
        // The logits of some losses have no zero that means anything.
        let loss = RunOptions(run.options).values["objective.loss"] ?? ""
        guard !["wasserstein", "relativistic", "mmd"].contains(where: loss.contains) else {
            return nil
        }
        // Players that no longer play are not judged.
        let last = run.points("Loss/signs/real").last?.x ?? 0
        guard last >= 0.9 * (run.points("Timing/sec_per_tick").last?.x ?? 0) else { return nil }
        let real = run.points("Loss/signs/real").suffix(5).map(\.y)
        let fake = run.points("Loss/signs/fake").suffix(5).map(\.y)
        guard !real.isEmpty, real.count == fake.count else { return nil }
        let gap = zip(real, fake).reduce(0) { $0 + $1.0 - $1.1 } / Double(real.count) / 2
        if gap > 0.95 {
            return Finding(
                level: .watch,
                text:
                    "The discriminator tells nearly every picture apart: it learns by heart, or the"
                    + " generator no longer follows. Augmentation or a stronger penalty helps."
            )
        }
        if gap < 0.05 {
            return Finding(
                level: .watch,
                text:
                    "The discriminator cannot tell drawings from real pictures: it is too weak, or"
                    + " does not learn."
            )
        }
        return Finding(
            level: .good,
            text: String(
                format:
                    "Neither player wins: the discriminator is right about %.0f %% of pictures.",
                50 + 50 * gap
            )
        )
    }

    /// Whether an evaluation was better before.
    private static func best(_ run: RunRecord) -> Finding? {
        for name in ["Evaluation/bits_per_dimension", "Evaluation/test_loss"] {
            let points = run.points(name)
            guard points.count >= 4, let last = points.last,
                let best = points.min(by: { $0.y < $1.y }), best.x < last.x
            else { continue }
            let loss = (last.y - best.y) / max(abs(best.y), 1e-9)
            guard loss > 0.05 else { continue }
            let isKept = RunOptions(run.options).values["snapshots.monitor"] == name
            return Finding(
                level: .watch,
                text: String(
                    format:
                        "%@ was best at %.1f thousand pictures (%@) and is %.0f %% worse now (%@):"
                        + " it learns by heart, or has learned enough."
                        + (isKept ? " 'best' among the checkpoints is that one." : ""),
                    name,
                    best.x,
                    Markup.figure(best.y),
                    100 * loss,
                    Markup.figure(last.y)
                )
            )
        }
        return nil
    }

    /// Whether the likelihood still falls.
    private static func progress(_ run: RunRecord) -> Finding? {
        for name in ["Loss/G/nats", "Loss/G/bits"] {
            let points = run.points(name)
            guard points.count >= 12 else { continue }
            let part = points.suffix(points.count / 4).map(\.y)
            let half = part.count / 2
            func mean(_ values: some Collection<Double>) -> Double {
                values.reduce(0, +) / Double(values.count)
            }
            let (before, after) = (mean(part.prefix(half)), mean(part.suffix(half)))
            guard before - after > 0.02 * abs(before) else { continue }
            return Finding(
                level: .watch,
                text:
                    "\(name) still falls (\(Markup.figure(before)) to \(Markup.figure(after)) in the last"
                    + " quarter of the run): more epochs will help."
            )
        }
        return nil
    }

    private static func copies(_ run: RunRecord) -> Finding? {
        guard
            let share = run.metrics.first(where: { $0.metric == "near_copies" })?
                .results["near_copies"]
        else { return nil }
        let text = String(
            format:
                "%.0f %% of the drawings are nearer to a training picture than 95 of 100 held-out"
                + " pictures are",
            100 * share
        )
        return share > 0.2
            ? Finding(level: .watch, text: text + ": it repeats what it was shown.")
            : Finding(level: .good, text: text + ".")
    }

    private static func variety(_ run: RunRecord) -> Finding? {
        func figure(_ name: String) -> Double? {
            run.metrics.first { $0.metric == name }?.results[name]
        }
        guard let coverage = figure("coverage") else { return nil }
        if coverage < 0.1 {
            return Finding(
                level: .bad,
                text:
                    "Next to none of the real pictures has a drawing near it: the generator has collapsed,"
                    + " or draws something else."
            )
        }
        guard coverage < 0.5 else { return nil }
        return Finding(
            level: .watch,
            text: String(
                format: "Only %.0f %% of the real pictures have a drawing near them.",
                100 * coverage
            )
        )
    }

    /// Whether drawings of one label are alike.
    private static func labels(_ run: RunRecord) -> Finding? {
        guard let within = run.points("Health/label_spread").last?.y,
            let all = run.points("Health/spread").last?.y, all > 0.1
        else { return nil }
        guard within.isFinite, within < 0.65 * all else { return nil }
        let isBad = within < 0.4 * all
        return Finding(
            level: isBad ? .bad : .watch,
            text: String(
                format:
                    "Drawings of one label differ by %.0f %% of what real pictures of it do, all drawings"
                    + " by %.0f %%:",
                100 * within,
                100 * all
            )
                + (isBad
                    ? " each label is nearly one picture. Spectral norm or a penalty (objective.regularisers.r1), labels by"
                        + " projection and a lower weight of the classification task help; the recipe 'digits' has them."
                    : " labels are less varied than they should be.")
        )
    }
}
