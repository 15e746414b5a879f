namespace Sigma.Segware;

/// <summary>
/// More records than one answer may have. Not a failure of Segware, whatever status it came with: a retry fails the same way, a shorter slice does
/// not.
/// </summary>
public sealed class OverLimitException(string message) : Exception(message)
{
    /// <summary>What the answer's <c>messageKey</c> says.</summary>
    public const string MessageKey = "registers_over_limit";
}
