using Microsoft.Extensions.Localization;
using Sigma.OperatorConsole.Texts;

namespace Sigma.OperatorConsole.Pages.Parts;

/// <summary>
/// What was changed of rules or routes, in the language of the page: services say it in English words. One that is not known stays so.
/// </summary>
internal static class ChangeText
{
    const string RolledBack = "rolled back to ", Cloned = "cloned from ";

    static readonly HashSet<string> Known = ["made", "changed", "removed", "live", "shadow", "off"];

    public static string Of(string change, IStringLocalizer<PartsTexts> texts)
    {
        if (change.StartsWith(RolledBack, StringComparison.Ordinal))
            return texts["ChangeRolledBack", change[RolledBack.Length..]];
        if (change.StartsWith(Cloned, StringComparison.Ordinal))
            return texts["ChangeCloned", change[Cloned.Length..]];
        return Known.Contains(change) ? texts[$"Change_{change}"] : change;
    }
}
