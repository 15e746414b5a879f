using System.Data.Common;
using Sigma.Cli.Data;
using Sigma.Cli.Settings;
using Sigma.Notifier.Routing;

namespace Sigma.Cli.Doctor;

/// <summary>Whether the routes that people made still fit the receivers of the settings: else the settings alone are in force.</summary>
internal sealed class RoutesDoctorCheck(CliSettings settings) : IDoctorCheck
{
    const string Routes = "routes";

    public IReadOnlyList<string> CheckNames => [Routes];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        PolicyEdits edits = new(await DatabaseConnection.Open(settings, ct), settings.Configuration, TimeProvider.System);
        try
        {
            var faults = await edits.Faults(ct);
            if (faults is null)
                findings.Ok(Routes, "those of the settings alone, for nobody has made any");
            else if (faults.Count == 0)
                findings.Ok(Routes, "those that people made fit the receivers of the settings");
            else
                findings.Wrong(Routes, $"What people made does not fit the settings, which alone are in force: {string.Join("; ", faults)}",
                    "Set the receiver again, or change it: 'sigma routes show', 'sigma routes put'.");
        }
        catch (DbException e)
        {
            findings.Wrong(Routes, $"What people made of the routes cannot be read: {e.Message}", "See schema.");
        }
    }
}
