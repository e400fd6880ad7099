import Foundation

/// Runs the codes of a pickle, which only put data together.
struct PickleMachine {
    var reader: PickleReader
    let keeper = PickleKeeper()
    private(set) var storages: [String: Storage] = [:]
    private let limits: PickleLimits
    private let nesting: Int
    private var stack: [PickleValue] = []
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    init(_ data: Data, from start: Int, limits: PickleLimits, nesting: Int) {
        reader = PickleReader(data, from: start)
        (self.limits, self.nesting) = (limits, nesting)
    }

    /// Runs to the end.
    ///
    /// - Returns: What is left.
    mutating func run() throws(WeightsError) -> PickleValue {
        guard nesting <= limits.nesting else {
            throw WeightsError(.unsafe, "pickles lie in pickles in pickles")
        }
        while true {
            let place = reader.offset
            let number = try reader.byte()
            guard let code = PickleCode(rawValue: number) else {
                let hexadecimal = String(number, radix: 16)
                throw WeightsError(
                    .damaged,
                    "byte \(place) is no code of a pickle (0x\(hexadecimal))"
                )
            }
            if code == .stop { return try pop() }
            try perform(code)
            guard stack.count <= limits.values, memo.count <= limits.values,
                keeper.count <= limits.containers
            else {
                throw WeightsError(.tooLarge, "it puts together more than \(limits.values) values")
            }
        }
    }

    private mutating func perform(_ code: PickleCode) throws(WeightsError) {
        switch code {
        case .stop: break
        case .proto: _ = try reader.byte()
        case .frame: _ = try reader.number(8)
        case .mark: marks.append(stack.count)
        case .pop: if marks.last == stack.count { marks.removeLast() } else { _ = try pop() }
        case .popMark: _ = try popMark()
        case .dup: push(try top())
        case .none: push(.none)
        case .newTrue: push(.bool(true))
        case .newFalse: push(.bool(false))
        case .int, .long: push(try integerLine())
        case .binInt: push(.int(Int(Int32(truncatingIfNeeded: try reader.number(4)))))
        case .binInt1: push(.int(try reader.number(1)))
        case .binInt2: push(.int(try reader.number(2)))
        case .long1: push(Self.long(try reader.bytes(try reader.number(1))))
        case .long4: push(Self.long(try reader.bytes(try reader.number(4))))
        case .float: push(try floatLine())
        case .binFloat: push(.double(try double()))
        case .string: push(.text(Self.unquoted(try reader.line(most: 1 << 20))))
        case .binString: push(.text(Self.latin(try reader.bytes(try reader.number(4)))))
        case .shortBinString: push(.text(Self.latin(try reader.bytes(try reader.number(1)))))
        case .unicode: push(.text(try reader.line(most: 1 << 20)))
        case .binUnicode: push(try text(try reader.number(4)))
        case .shortBinUnicode: push(try text(try reader.number(1)))
        case .binUnicode8: push(try text(try reader.number(8)))
        case .binBytes: push(.bytes(try reader.bytes(try reader.number(4))))
        case .shortBinBytes: push(.bytes(try reader.bytes(try reader.number(1))))
        case .binBytes8, .byteArray8: push(.bytes(try reader.bytes(try reader.number(8))))
        case .emptyList, .emptySet, .emptyTuple: push(.list(keeper.list([])))
        case .list, .tuple, .frozenSet: push(.list(keeper.list(try popMark())))
        case .tuple1: push(.list(keeper.list(try pop(1))))
        case .tuple2: push(.list(keeper.list(try pop(2))))
        case .tuple3: push(.list(keeper.list(try pop(3))))
        case .append: try append(try pop(1))
        case .appends, .addItems: try append(try popMark())
        case .emptyDict: push(.dictionary(keeper.dictionary()))
        case .dict:
            let items = try popMark()
            push(.dictionary(keeper.dictionary()))
            try set(items)
        case .setItem: try set(try pop(2))
        case .setItems: try set(try popMark())
        case .get: try recall(Self.index(try reader.line()))
        case .binGet: try recall(try reader.number(1))
        case .longBinGet: try recall(try reader.number(4))
        case .put: memo[try Self.index(try reader.line())] = try top()
        case .binPut: memo[try reader.number(1)] = try top()
        case .longBinPut: memo[try reader.number(4)] = try top()
        case .memoize: memo[memo.count] = try top()
        case .global:
            let module = try reader.line()
            push(.name(try PickleMeaning.checked(module, try reader.line())))
        case .stackGlobal:
            let names = try pop(2)
            guard let module = names[0].text, let name = names[1].text else { throw Self.wrongKind }
            push(.name(try PickleMeaning.checked(module, name)))
        case .reduce, .newObj: try call(try pop(2))
        case .newObjEx: try call(Array(try pop(3).prefix(2)))
        case .inst:
            let module = try reader.line()
            let name = try PickleMeaning.checked(module, try reader.line())
            try call([.name(name), .list(keeper.list(try popMark()))])
        case .obj:
            let items = try popMark()
            guard let first = items.first else { throw Self.wrongKind }
            try call([first, .list(keeper.list(Array(items.dropFirst())))])
        case .build: try build()
        case .persId:
            push(.text(try reader.line()))
            try persist()
        case .binPersId: try persist()
        case .ext1, .ext2, .ext4, .nextBuffer, .readonlyBuffer:
            throw WeightsError(.unsafe, "it wants what lies outside of the file (\(code))")
        }
    }

    // MARK: the stack

    private static let wrongKind = WeightsError(
        .damaged,
        "a code meets another kind of value than it needs"
    )

    private mutating func push(_ value: PickleValue) { stack.append(value) }

    private mutating func pop() throws(WeightsError) -> PickleValue { try pop(1)[0] }

    private mutating func pop(_ count: Int) throws(WeightsError) -> [PickleValue] {
        guard stack.count - (marks.last ?? 0) >= count else {
            throw WeightsError(.damaged, "it takes more values than it has put together")
        }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func popMark() throws(WeightsError) -> [PickleValue] {
        guard let mark = marks.popLast() else {
            throw WeightsError(.damaged, "it ends a group that it has not begun")
        }
        defer { stack.removeLast(stack.count - mark) }
        return Array(stack[mark...])
    }

    private func top() throws(WeightsError) -> PickleValue {
        guard let last = stack.last, stack.count > marks.last ?? 0 else { throw Self.wrongKind }
        return last
    }

    private mutating func recall(_ index: Int) throws(WeightsError) {
        guard let value = memo[index] else {
            throw WeightsError(.damaged, "it asks for value \(index), which it has not kept")
        }
        push(value)
    }

    // MARK: putting together

    private mutating func append(_ items: [PickleValue]) throws(WeightsError) {
        switch try top() {
        case .list(let list): list.items += items
        case .object(let object): object.items += items
        default: throw Self.wrongKind
        }
    }

    private mutating func set(_ items: [PickleValue]) throws(WeightsError) {
        guard items.count.isMultiple(of: 2) else { throw Self.wrongKind }
        let entries: PickleDictionary
        switch try top() {
        case .dictionary(let dictionary): entries = dictionary
        case .object(let object):
            entries = object.entries ?? keeper.dictionary()
            object.entries = entries
        default: throw Self.wrongKind
        }
        for place in stride(from: 0, to: items.count, by: 2) {
            entries.set(items[place], items[place + 1])
        }
    }

    private mutating func build() throws(WeightsError) {
        let state = try pop()
        // Tensors, dictionaries with attributes and the like have no state that is needed.
        if case .object(let object) = try top() { object.state = state }
    }

    private mutating func call(_ parts: [PickleValue]) throws(WeightsError) {
        guard case .name(let name) = parts[0] else {
            throw WeightsError(.unsafe, "it calls \(parts[0].kind), which is no name")
        }
        guard let arguments = parts[1].items else { throw Self.wrongKind }
        push(try PickleMeaning.call(name, arguments, keeper, limits: limits, nesting: nesting))
    }

    /// What lies beside the pickle: only the storages of PyTorch.
    private mutating func persist() throws(WeightsError) {
        guard let parts = try pop().items, parts.count >= 5, parts[0].text == "storage",
            case .name(let name) = parts[1],
            let key = parts[2].text ?? parts[2].int.map(String.init),
            let count = parts[4].int, count >= 0
        else {
            throw WeightsError(
                .unknown,
                "it refers to something beside it that is no storage of PyTorch"
            )
        }
        let type = NumberType(storage: name)
        guard type != nil || name.name == "UntypedStorage" else {
            throw WeightsError(.unknown, "numbers are kept as \(name), which is not read")
        }
        let storage = storages[key] ?? Storage(key: key, type: type, count: count)
        guard storage.type == type, storage.count == count else {
            throw WeightsError(.damaged, "storage \(key) is described in two ways")
        }
        storages[key] = storage
        var view = StorageView(storage: storage)
        if parts.count > 5, let part = parts[5].items, part.count == 3 {
            guard let offset = part[1].int, offset >= 0 else { throw Self.wrongKind }
            (view.offset, view.count) = (offset, part[2].int)
        }
        push(.storage(view))
    }

    // MARK: numbers and texts

    private static func index(_ line: String) throws(WeightsError) -> Int {
        guard let index = Int(line), index >= 0 else {
            throw WeightsError(.damaged, "\(line.debugDescription) is no number of a kept value")
        }
        return index
    }

    private mutating func integerLine() throws(WeightsError) -> PickleValue {
        let line = try reader.line()
        if line == "00" { return .bool(false) }
        if line == "01" { return .bool(true) }
        guard let number = Int(line.hasSuffix("L") ? String(line.dropLast()) : line) else {
            throw WeightsError(.damaged, "\(line.prefix(40).debugDescription) is no whole number")
        }
        return .int(number)
    }

    private mutating func floatLine() throws(WeightsError) -> PickleValue {
        let line = try reader.line()
        guard let number = Double(line) else {
            throw WeightsError(.damaged, "\(line.prefix(40).debugDescription) is no number")
        }
        return .double(number)
    }

    private mutating func double() throws(WeightsError) -> Double {
        var bits: UInt64 = 0
        for byte in try reader.bytes(8) { bits = bits << 8 | UInt64(byte) }
        return Double(bitPattern: bits)
    }

    private mutating func text(_ count: Int) throws(WeightsError) -> PickleValue {
        .text(String(decoding: try reader.bytes(count), as: UTF8.self))
    }

    private static func latin(_ bytes: Data) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func unquoted(_ line: String) -> String {
        guard line.count > 1, let first = line.first, first == "'" || first == "\"",
            line.last == first
        else { return line }
        return String(line.dropFirst().dropLast())
    }

    /// A whole number with a sign, the least byte first.
    private static func long(_ bytes: Data) -> PickleValue {
        guard bytes.count <= 8 else { return .long(Array(bytes.prefix(64))) }
        var bits: UInt64 = bytes.last.map { $0 > 127 ? ~0 : 0 } ?? 0
        for byte in bytes.reversed() { bits = bits << 8 | UInt64(byte) }
        return .int(Int(Int64(bitPattern: bits)))
    }
}
