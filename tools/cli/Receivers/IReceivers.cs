using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Receivers;

/// <summary>The receivers there are.</summary>
internal interface IReceivers
{
    /// <summary>Their integrations, without secrets.</summary>
    Task<IReadOnlyList<Integration>> All(CancellationToken ct);

    /// <summary>Sends a message at once that says that it is a test.</summary>
    Task<TestMessageResult> Test(string integration, CancellationToken ct);
}
