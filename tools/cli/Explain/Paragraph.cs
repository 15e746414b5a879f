namespace Sigma.Cli.Explain;

/// <summary>Text of any length in lines of a hundred characters.</summary>
internal static class Paragraph
{
    public const int Width = 100;

    /// <param name="screen">Where it goes.</param>
    /// <param name="indent">Blanks before each line.</param>
    /// <param name="text">It.</param>
    /// <param name="first">Blanks before the first, if others.</param>
    /// <param name="heading">Stands in the blanks of the first line.</param>
    public static void Write(Screen screen, int indent, string text, int? first = null, string heading = "")
    {
        var line = heading.Length > 0 ? heading.PadRight(indent) : new string(' ', first ?? indent);
        var isEmpty = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(Width - indent))
            .Select(chunk => new string(chunk)))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                screen.Line(line);
                line = new string(' ', indent);
                isEmpty = true;
            }
            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }
        screen.Line(line.TrimEnd());
    }
}
