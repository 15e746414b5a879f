using Sigma.Cli.Consoles;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Receivers;

/// <summary>The receivers, as a console has them.</summary>
internal sealed class ConsoleReceivers(ConsoleApi console) : IReceivers
{
    // A vendor may take its time.
    static readonly TimeSpan TestTimeout = TimeSpan.FromMinutes(3);

    public Task<IReadOnlyList<Integration>> All(CancellationToken ct) => console.Get<IReadOnlyList<Integration>>("receivers", ct);

    public Task<TestMessageResult> Test(string integration, CancellationToken ct) =>
        console.Send<TestMessageResult>(HttpMethod.Post, $"receivers/{Uri.EscapeDataString(integration)}/test", null, ct, TestTimeout);
}
