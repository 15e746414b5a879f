using System.Globalization;
using System.Text;

namespace Sigma.Hosting.Texts;

/// <summary>JSON that is read on a screen.</summary>
public static class JsonText
{
    /// <summary>The same JSON, with an escape for each character that would turn the direction of writing or would not be seen.</summary>
    public static string Visible(string json)
    {
        if (!json.Any(IsUnseen))
            return json;
        StringBuilder visible = new(json.Length + 16);
        foreach (var c in json)
            if (IsUnseen(c))
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                visible.Append(c);
        return visible.ToString();
    }

    // Such a character can only be within a string.
    static bool IsUnseen(char c) => c >= '\u007f' && CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
