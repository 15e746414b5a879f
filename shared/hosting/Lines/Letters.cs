namespace Sigma.Hosting.Lines;

/// <summary>
/// What each character is within a word: letters in lower case and without accents, digits as they are. By a table of our own: the services know no
/// country's rules, and every machine must split a line alike.
/// </summary>
public static class Letters
{
    /// <summary>Ends a word.</summary>
    public const char Separator = '\0';

    /// <summary>Belongs to the letter before it.</summary>
    public const char Mark = '\uFFFF';

    const char FirstMark = '\u0300', LastMark = '\u036F';

    // A base letter, and what is written as it.
    static readonly string[] Accents =
    [
        "aàáâãäåāăą", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥ", "iìíîïĩīĭįİ", "jĵ", "kķ", "lĺļľ", "nñńņň", "oòóôõöōŏő", "rŕŗř", "sśŝşšș", "tţťț",
        "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
    ];

    static readonly char[] Table = Build();

    public static char Of(char character) => Table[character];

    static char[] Build()
    {
        var table = new char[char.MaxValue + 1];
        for (var at = 0; at < table.Length; at++)
        {
            var character = (char)at;
            table[at] = char.IsLetterOrDigit(character) ? char.ToLowerInvariant(character)
                : character is >= FirstMark and <= LastMark ? Mark : Separator;
        }
        foreach (var letters in Accents)
            foreach (var letter in letters)
                table[letter] = table[char.ToUpperInvariant(letter)] = letters[0];
        return table;
    }
}
