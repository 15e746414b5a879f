namespace Sigma.Gateway.Replies;

/// <summary>What a body at <c>/replies/…</c> says: somebody takes alerts on, or nothing that is of interest.</summary>
/// <param name="Alerts">The alerts that are taken on.</param>
/// <param name="By">Who does.</param>
/// <param name="Comment">What is said about it.</param>
/// <param name="Message">The vendor's name for the message: the same again is the same command.</param>
internal sealed record Reply(IReadOnlyList<Guid> Alerts, string By, string? Comment, string Message)
{
    public static Reply None { get; } = new([], "", null, "");
}

/// <summary>A reply that does not count. Nothing was done.</summary>
internal sealed class ReplyRefusedException(int status, string reason) : Exception(reason)
{
    public int Status { get; } = status;

    public static ReplyRefusedException Unsigned(string reason) => new(StatusCodes.Status401Unauthorized, reason);
}
