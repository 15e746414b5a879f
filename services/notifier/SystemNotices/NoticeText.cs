using System.Globalization;

namespace Sigma.Notifier.SystemNotices;

/// <summary>A notice for those who read no WhatsApp.</summary>
internal static class NoticeText
{
    /// <summary>One line without bold marks and pictures; its semicolons are those between the lines.</summary>
    public static string Plain(string notice) =>
        string.Join("; ", notice.Split('\n').Select(line => string.Concat(line.Where(IsPlain)).Replace(';', ',').Trim()));

    static bool IsPlain(char c) => c != '*'
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.OtherSymbol or UnicodeCategory.Surrogate or UnicodeCategory.NonSpacingMark);
}
