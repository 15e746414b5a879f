using Sigma.Notifier.Queries;
using Sigma.OperatorConsole.Services;
using NewSilence = Sigma.Notifier.Queries.NewSilence;
using SilencedAlert = Sigma.Notifier.Queries.SilencedAlert;

namespace Sigma.Cli.Silences;

/// <summary>The silences, as the database and the settings have them.</summary>
internal sealed class StoredSilences(SilenceCommands silences) : ISilences
{
    const int Most = 500;

    public async Task<SilenceList> All(bool alsoEnded, CancellationToken ct) => new()
    {
        Silences =
        [
            .. (await silences.All(alsoEnded, Most, ct)).Select(found => new Silence
            {
                Id = found.Id, Matchers = found.Matchers, From = found.From, Until = found.Until, By = found.By, Why = found.Why,
                Setting = found.Setting, EndedAt = found.EndedAt, EndedBy = found.EndedBy, State = found.State,
            }),
        ],
        Maintenance =
        [
            .. (await silences.Windows(ct)).Select(window => new MaintenanceWindow
            {
                Name = window.Name, Matchers = window.Matchers, Hours = window.Hours, IsProvisioned = window.IsProvisioned,
                ActiveUntil = window.ActiveUntil, NextAt = window.NextAt,
            }),
        ],
    };

    public async Task<(Guid Id, string? By)> Add(NewSilence silence, CancellationToken ct) => (await silences.Add(silence, ct), silence.By);

    public async Task<string?> End(Guid silence, string by, CancellationToken ct) => silences.SettingOf(silence) is { } setting
        ? $"is {setting} of the settings, and can be ended there alone"
        : await silences.End(silence, by, ct) ? null : SilencesCommand.IsOver;

    public Task<IReadOnlyList<SilencedAlert>> Preview(IReadOnlyList<string> matchers, CancellationToken ct) => silences.Preview(matchers, ct);
}
