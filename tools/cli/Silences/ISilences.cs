using Sigma.OperatorConsole.Services;
using NewSilence = Sigma.Notifier.Queries.NewSilence;
using SilencedAlert = Sigma.Notifier.Queries.SilencedAlert;

namespace Sigma.Cli.Silences;

/// <summary>The silences there are.</summary>
internal interface ISilences
{
    /// <summary>Those that last or are to begin, or the newest of all; and the maintenance windows.</summary>
    Task<SilenceList> All(bool alsoEnded, CancellationToken ct);

    /// <summary>Adds one; returns its id, and who it is by where that is ours to say.</summary>
    Task<(Guid Id, string? By)> Add(NewSilence silence, CancellationToken ct);

    /// <summary>Ends one; returns why not, or null when it is ended.</summary>
    Task<string?> End(Guid silence, string by, CancellationToken ct);

    /// <summary>The raised alerts that matchers fit, the newest first.</summary>
    Task<IReadOnlyList<SilencedAlert>> Preview(IReadOnlyList<string> matchers, CancellationToken ct);
}
