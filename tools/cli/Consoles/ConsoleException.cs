using System.Net;
using Sigma.Hosting.Settings;

namespace Sigma.Cli.Consoles;

/// <summary>A console did not do what it was asked.</summary>
/// <param name="message">The sentence.</param>
/// <param name="status">What it answered; null when it did not.</param>
/// <param name="faults">What is wrong, one by one; the sentence alone where it says no more.</param>
internal sealed class ConsoleException(string message, HttpStatusCode? status = null, IReadOnlyList<string>? faults = null) : Exception(message)
{
    public HttpStatusCode? Status => status;

    /// <summary>What is wrong, one by one.</summary>
    public IReadOnlyList<string> Faults { get; } = faults is { Count: > 0 } ? faults : [message];

    /// <summary>Whether it is about what was asked, and not about the console or who asks.</summary>
    public bool IsRefusal => status is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
        or HttpStatusCode.UnprocessableEntity;

    public int ExitCode => status switch
    {
        HttpStatusCode.Unauthorized => SettingsError.ExitCode,
        HttpStatusCode.BadRequest => Cli.ExitCode.Usage,
        _ => Cli.ExitCode.ProblemFound,
    };
}
