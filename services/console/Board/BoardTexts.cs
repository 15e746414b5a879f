namespace Sigma.OperatorConsole.Board;

/// <summary>Numbers for the values of each field, so that they are compared and counted without looking at their letters.</summary>
internal sealed class BoardTexts
{
    readonly FieldTexts[] _fields = [.. Enumerable.Range(0, BoardFields.Count).Select(_ => new FieldTexts())];

    /// <summary>Those of a field.</summary>
    public FieldTexts this[int at] => _fields[at];

    /// <summary>How many there are of all fields.</summary>
    public int Count => _fields.Sum(texts => texts.Count);
}

/// <summary>Numbers for the values of one field; 0 is none.</summary>
internal sealed class FieldTexts
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal) { [""] = 0 };
    readonly List<string> _texts = [""];
    readonly Lock _lock = new();

    public int Count
    {
        get
        {
            lock (_lock)
                return _texts.Count;
        }
    }

    /// <summary>The number of a text; a new one for a new text.</summary>
    public int Number(string text)
    {
        lock (_lock)
        {
            if (_numbers.TryGetValue(text, out var number))
                return number;
            _texts.Add(text);
            return _numbers[text] = _texts.Count - 1;
        }
    }

    /// <summary>The number of a text; -1 for one that no alert has.</summary>
    public int Find(string text)
    {
        lock (_lock)
            return _numbers.GetValueOrDefault(text, -1);
    }

    /// <summary>The text of a number.</summary>
    public string this[int number]
    {
        get
        {
            lock (_lock)
                return _texts[number];
        }
    }
}
