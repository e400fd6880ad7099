import Neural
import Runs
import Settings
import Torch

/// Real pictures made worse at random: a share of each batch by each kind of damage.
public struct Damage {
    /// How often each kind is met, beside the others.
    public struct Shares: Codable, Sendable, Equatable {
        /// Normal noise.
        public var noise = 1.0
        /// A small filter, once or several times.
        public var blur = 1.0
        /// A hidden block.
        public var hole = 1.0
        /// Less pixels, brought back to the size.
        public var shrink = 1.0
        /// No colours.
        public var grey = 0.0
        /// What another model's codes lose.
        public var codes = 0.0
        /// None at all.
        public var nothing = 0.0

        /// As drafts look.
        public init() {}

        /// Each kind alone that needs nothing else, by its name.
        public static var each: [(name: String, shares: Shares)] {
            let kinds: [(String, WritableKeyPath<Shares, Double>)] = [
                ("noise", \.noise), ("blur", \.blur), ("hole", \.hole), ("shrink", \.shrink),
                ("grey", \.grey),
            ]
            var none = Shares()
            for (_, kind) in kinds { none[keyPath: kind] = 0 }
            return kinds.map { name, kind in
                var alone = none
                alone[keyPath: kind] = 1
                return (name, alone)
            }
        }

        /// What is wrong with the numbers.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            for (name, share) in [
                ("noise", noise), ("blur", blur), ("hole", hole), ("shrink", shrink),
                ("grey", grey), ("codes", codes), ("nothing", nothing),
            ] {
                problems.expect(share >= 0, name, "0 or more", found: "\(share)")
            }
            problems.expect(
                noise + blur + hole + shrink + grey + codes + nothing > 0,
                "",
                "one share above 0",
                found: "none"
            )
            return problems.all
        }
    }

    /// Pictures and what is seen of them: 1 where a picture is visible.
    public typealias Seen = (pictures: Tensor, visible: Tensor)

    private typealias Act = (Tensor, RandomSource) -> Seen

    private let acts: [(share: Double, act: Act)]

    /// Damages that look like drafts, one of them by a function where there is one.
    ///
    /// - Parameter restored: Fills what a mask hides as the discriminator's restoration does.
    package init(restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)?) {
        self.init(Shares(), restored: restored)
    }

    /// Damages as often as the shares say; with nothing that makes pictures from codes, those are left out.
    package init(
        _ shares: Shares,
        restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)? = nil,
        remade: ((_ pictures: Tensor) -> Tensor)? = nil
    ) {
        func whole(_ act: @escaping (Tensor, RandomSource) -> Tensor) -> Act {
            { pictures, source in (act(pictures, source), Damage.all(like: pictures)) }
        }
        var all: [(share: Double, act: Act)] = [
            (shares.noise, whole(Damage.noise)), (shares.blur, whole(Damage.blur)),
            (shares.hole, Damage.hiding), (shares.shrink, whole(Damage.shrinking)),
            (shares.grey, whole { pictures, _ in Damage.grey(pictures) }),
            (shares.nothing, whole { pictures, _ in pictures }),
        ]
        if let remade { all.append((shares.codes, whole { pictures, _ in remade(pictures) })) }
        if let restored {
            all.append(
                (
                    1,
                    whole { pictures, source in
                        restored(pictures, Damage.visible(like: pictures, using: source))
                    }
                )
            )
        }
        let met = all.filter { $0.share > 0 }
        acts = met.isEmpty ? [(1, whole { pictures, _ in pictures })] : met
    }

    /// The pictures, each with one kind of damage.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    package func callAsFunction(_ pictures: Tensor, using source: RandomSource) -> Tensor {
        seen(of: pictures, using: source).pictures
    }

    /// What is seen of pictures, each with one kind of damage; hidden parts are grey.
    ///
    /// Shape: N×C×H×W → N×C×H×W and N×1×H×W.
    package func seen(of pictures: Tensor, using source: RandomSource) -> Seen {
        if let group = ProcessGroup.current {
            // Which picture has which damage is a matter of the whole batch.
            let whole = pictures.wholeBatch()
            let found = ProcessGroup.$current.withValue(nil) { seen(of: whole, using: source) }
            return (found.pictures.share(of: group), found.visible.share(of: group))
        }
        let count = pictures.size(0)
        let total = acts.reduce(0) { $0 + $1.share }
        // Which kinds get one picture more is chance, so that rare ones are met in small batches, too.
        let first = source.next(below: acts.count)
        let rest = source.unit()
        var (start, sum) = (0, 0.0)
        var parts: [Seen] = []
        for index in acts.indices {
            let (share, act) = acts[(first + index) % acts.count]
            sum += share
            let end = index == acts.count - 1 ? count : Int(sum * Double(count) / total + rest)
            guard end > start else { continue }
            parts.append(act(pictures.sliced(start..<end, along: 0), source))
            start = end
        }
        return (
            Tensor.concatenated(parts.map(\.pictures)).clamped(from: -1, to: 1),
            Tensor.concatenated(parts.map(\.visible))
        )
    }

    /// A mask that hides nothing.
    ///
    /// Shape: N×C×H×W → N×1×H×W.
    package static func all(like pictures: Tensor) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        return .ones([count, 1, rows, columns], dtype: pictures.dtype, device: pictures.device)
    }

    /// Normal noise of a deviation of up to 0.8.
    private static func noise(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let device = pictures.device
        let strength = Tensor.uniform(
            [pictures.size(0), 1, 1, 1],
            to: 0.8,
            device: device,
            using: source
        )
        return pictures + Tensor.normal(pictures.shape, device: device, using: source) * strength
    }

    /// One to four passes of a small filter.
    private static func blur(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let filter = Filter(taps: [1, 2, 1])
        // Beyond the border is what black is here, so that edges do not turn grey.
        return (0...source.next(below: 4)).reduce(pictures + 1) { blurred, _ in
            filter.smoothed(blurred, before: 1, after: 1)
        } - 1
    }

    /// A block of half to nine tenths of each side filled with grey.
    private static func hiding(_ pictures: Tensor, _ source: RandomSource) -> Seen {
        let visible = Damage.visible(like: pictures, using: source)
        return (pictures * visible, visible)
    }

    /// Colours in place of which there is their light; transparency stays.
    package static func grey(_ pictures: Tensor) -> Tensor {
        let channels = pictures.size(1)
        guard channels >= 3 else { return pictures }
        let parts = pictures.split([3, channels - 3], along: 1)
        let shares = Tensor([0.299, 0.587, 0.114], shape: [1, 3, 1, 1]).converted(to: .float32)
            .moved(to: pictures.device)
        let light = (parts[0] * shares).sum(over: [1], keepingDimensions: true)
        return Tensor.concatenated([light, light, light] + parts.dropFirst(), along: 1)
    }

    /// A half or a quarter of the size and back.
    private static func shrinking(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let size = [pictures.size(2), pictures.size(3)]
        let factor = 2 << source.next(below: 2)
        let small = pictures.adaptiveAveragePooled(size: size.map { max($0 / factor, 1) })
        return small.resampled(size: size, .bilinear)
    }

    /// Masks with one hidden block each, half to nine tenths of each side.
    ///
    /// Shape: N×C×H×W → N×1×H×W, 1 where visible.
    package static func visible(like pictures: Tensor, using source: RandomSource) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let numbers = Tensor.uniform([count, 4, 1, 1], device: pictures.device, using: source)
        func number(_ index: Int) -> Tensor { numbers.sliced(index..<index + 1, along: 1) }
        func inside(_ size: Int, _ first: Int, _ shape: [Int]) -> Tensor {
            let places = (Tensor.range(to: size).converted(to: .float32) / Double(size))
                .moved(to: pictures.device).reshaped(shape)
            let length = number(first) * 0.4 + 0.5
            let start = number(first + 1) * (1 - length)
            return (start .<= places).converted(to: pictures.dtype)
                * (places .< start + length).converted(to: pictures.dtype)
        }
        return 1 - inside(rows, 0, [1, 1, rows, 1]) * inside(columns, 2, [1, 1, 1, columns])
    }
}
