namespace Sigma.Hosting.Lines;

/// <summary>
/// The words of a text, one after the other: runs of letters and digits, in lower case and without accents. Everything else separates them. It is
/// filled again and again, by one thread.
/// </summary>
public sealed class WordList
{
    char[] _letters = new char[1024];
    (int Start, int Length)[] _words = new (int, int)[128];

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int index] => _letters.AsSpan(_words[index].Start, _words[index].Length);

    /// <summary>Splits a text.</summary>
    public void Split(ReadOnlySpan<char> text)
    {
        if (_letters.Length < text.Length)
            _letters = new char[Math.Max(text.Length, 2 * _letters.Length)];
        var letters = _letters.AsSpan();
        Count = 0;
        int end = 0, start = -1;
        foreach (var character in text)
        {
            var letter = Letters.Of(character);
            if (letter == Letters.Separator)
            {
                if (start >= 0)
                    Add(start, end - start);
                start = -1;
            }
            else if (letter != Letters.Mark)
            {
                if (start < 0)
                    start = end;
                letters[end++] = letter;
            }
        }
        if (start >= 0)
            Add(start, end - start);
    }

    /// <summary>The words of a text, as texts.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        WordList words = new();
        words.Split(text);
        return [.. Enumerable.Range(0, words.Count).Select(index => words[index].ToString())];
    }

    void Add(int start, int length)
    {
        if (Count == _words.Length)
            Array.Resize(ref _words, 2 * Count);
        _words[Count++] = (start, length);
    }
}
