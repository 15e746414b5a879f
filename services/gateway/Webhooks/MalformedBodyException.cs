namespace Sigma.Gateway.Webhooks;

/// <summary>A body that cannot be understood.</summary>
/// <param name="place">Where in it, such as <c>alerts[0].startsAt</c> or <c>byte 17</c>.</param>
/// <param name="reason">What is wrong there.</param>
internal sealed class MalformedBodyException(string place, string reason) : Exception($"{place}: {reason}")
{
    /// <summary>Where in the body.</summary>
    public string Place { get; } = place;

    /// <summary>What is wrong there.</summary>
    public string Reason { get; } = reason;
}
