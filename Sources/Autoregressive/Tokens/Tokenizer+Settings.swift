import Settings

extension Tokenizer {
    /// What the networks are built from, as recipes have it.
    public struct Settings: PartSettings {
        /// Pixels a side that are one place of the first maps: 1, 2, 4 or 8.
        ///
        /// Larger ones learn faster and draw fine lines less well.
        public var patch = 2
        /// Channels of the maps at the picture's size divided by `patch`, and at each half of it, so
        /// that a code stands for `patch` pixels a side, doubled for each width after the first.
        public var widths = [64, 96, 128]
        /// Channels of the decoder's maps at each further doubling, down from `patch`: fine lines are drawn
        /// in place of being rearranged.
        public var detail: [Int] = []
        /// Residual blocks at each size.
        public var blocks = 1
        /// Codes that a place can have, in each group.
        public var codes = 512
        /// Numbers of a code's vector.
        public var size = 8
        /// Codes of a place: a few say as much as very many would.
        public var groups = 1
        /// Whether a place's codes follow from what is around it alone: the same thing elsewhere has the same codes.
        public var local = false
        /// Steps between two looks for codes that nothing uses.
        public var reviveEvery = 50

        /// For pictures of 64×64: eight by eight codes.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(widths, count: 1...5, in: 1...2048, "widths")
            problems.expect(
                [1, 2, 4, 8].contains(patch),
                "patch",
                "1, 2, 4 or 8",
                found: "\(patch)"
            )
            problems.expect(detail, count: 0...3, in: 1...2048, "detail")
            problems.expect(
                patch >> detail.count >= 1,
                "detail",
                "no more widths than a patch of \(patch) can be halved",
                found: "\(detail.count)"
            )
            problems.expect(blocks, in: 1...8, "blocks")
            problems.expect(codes, in: 2...65_536, "codes")
            problems.expect(size, in: 2...512, "size")
            problems.expect(groups, in: 1...16, "groups")
            problems.expect(reviveEvery, in: 1...1_000_000, "revive-every")
            return problems.all
        }

        /// Pixels a side that one code stands for.
        public var factor: Int { patch << (widths.count - 1) }

        /// Numbers of a place's vector.
        var vector: Int { groups * size }

        /// Pixels a side that the decoder rearranges to.
        var drawnPatch: Int { patch >> detail.count }
    }
}
