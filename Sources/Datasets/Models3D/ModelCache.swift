import Synchronization

/// The few things that were made last, by number; each is made once while others wait for it.
final class ModelCache<Value: Sendable>: Sendable {
    private final class Slot: Sendable {
        let number: Int
        let value = Mutex<Value?>(nil)

        init(_ number: Int) { self.number = number }
    }

    private let slots = Mutex<[Slot]>([])
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    /// What has this number, made if it is not kept.
    func value(_ number: Int, make: () throws -> Value) throws -> Value {
        let slot = slots.withLock { slots in
            let found = slots.firstIndex { $0.number == number }.map { slots.remove(at: $0) }
            let slot = found ?? Slot(number)
            slots.append(slot)
            if slots.count > capacity { slots.removeFirst() }
            return slot
        }
        return try slot.value.withLock { kept in
            if let kept { return kept }
            let made = try make()
            kept = made
            return made
        }
    }
}
