using System.Text.RegularExpressions;

namespace Sigma.Evaluator.Triggers;

/// <summary>A name in braces.</summary>
internal static partial class Placeholder
{
    [GeneratedRegex(@"\{([A-Za-z_][A-Za-z0-9_.-]*)\}")]
    public static partial Regex Regex();
}
