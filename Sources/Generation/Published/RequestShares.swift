extension DrawingRequest {
    /// What each text of a request counts where logits are summed, all together one: what is asked for in its shares;
    /// what is to be avoided takes the place of what guidance goes away from, wholly where it counts half of what is
    /// asked for.
    ///
    /// - Returns: Texts with what they count; nothing in place of a text for what asks for nothing in particular.
    func shares() -> [(text: String?, weight: Double)] {
        let wanted = parts.filter { $0.weight > 0 }
        let avoided = parts.filter { $0.weight < 0 }
        let plus = wanted.reduce(0) { $0 + $1.weight }
        let minus = -avoided.reduce(0) { $0 + $1.weight }
        let guidance = avoided.isEmpty ? sampling.guidance : max(sampling.guidance, 1.5)
        var found: [(text: String?, weight: Double)] = wanted.map {
            ($0.text, guidance * $0.weight / plus)
        }
        if wanted.isEmpty { found.append((nil, avoided.isEmpty ? 1 : guidance)) }
        let share = avoided.isEmpty ? 0 : wanted.isEmpty ? 1 : min(1, 2 * minus / plus)
        found += avoided.map { ($0.text, (1 - guidance) * share * -$0.weight / minus) }
        if !wanted.isEmpty { found.append((nil, (1 - guidance) * (1 - share))) }
        return found.filter { $0.weight != 0 }
    }
}
