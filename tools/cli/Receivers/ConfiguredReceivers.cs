using Sigma.Cli.Settings;
using Sigma.Notifier.Queries;
using Sigma.OperatorConsole.Services;

namespace Sigma.Cli.Receivers;

/// <summary>The receivers, as the settings have them.</summary>
internal sealed class ConfiguredReceivers(CliSettings settings) : IReceivers
{
    public Task<IReadOnlyList<Integration>> All(CancellationToken ct) => Task.FromResult<IReadOnlyList<Integration>>(
    [
        .. IntegrationQuery.All(settings.Configuration).Select(found => new Integration
        {
            Receiver = found.Receiver, Name = found.Name, Type = found.Type, Recipient = found.Recipient, Enabled = found.Settings.Enabled,
            OnClear = found.Settings.OnClear,
        }),
    ]);

    public Task<TestMessageResult> Test(string integration, CancellationToken ct) =>
        throw new UsageException("A notifier sends a test, and a console alone can ask it to: say --console or SIGMA_CONSOLE.");
}
