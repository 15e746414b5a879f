using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Escalation;
using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Silences;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Routing;

/// <summary>Who is told of which alerts, and when: what the settings say and what people made of it, at one moment.</summary>
internal sealed class NotificationPolicy
{
    /// <param name="settings">Checked.</param>
    /// <param name="receivers">The receivers there are.</param>
    /// <param name="made">What people made, checked; its routes are tried before those of the settings.</param>
    public NotificationPolicy(NotifierOptions settings, ReceiverSettings receivers, PolicyOptions? made = null)
    {
        var zone = new LocalTime(Options.Create(settings), NullLogger<LocalTime>.Instance).Zone;
        var all = (made ?? new()).And(PolicyOptions.Of(settings));
        Routes = new(receivers.All[0].Name, all.Routes, zone);
        Silences = [.. settings.Silences.Select(silence => silence.Silence)];
        Maintenance = [.. (made?.Maintenance ?? []).Select(window => new MaintenanceWindow(window, zone, isProvisioned: false)),
            .. settings.Maintenance.Select(window => new MaintenanceWindow(window, zone, isProvisioned: true))];
        Inhibitions = [.. all.Inhibitions.Select(inhibition => new InhibitionRule(inhibition))];
        Escalations = all.Escalations.ToDictionary(escalation => escalation.Name, escalation => new EscalationPolicy(escalation));
    }

    public RouteBook Routes { get; }

    /// <summary>Those of the settings, whether they last or not.</summary>
    public IReadOnlyList<Silence> Silences { get; }

    public IReadOnlyList<MaintenanceWindow> Maintenance { get; }

    public IReadOnlyList<InhibitionRule> Inhibitions { get; }

    public IReadOnlyDictionary<string, EscalationPolicy> Escalations { get; }

    /// <summary>That of the settings, for who has no service, with what people made.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong with the settings; each failure names its key.</exception>
    /// <exception cref="PolicyTextException">Something is wrong with what people made.</exception>
    public static NotificationPolicy Read(IConfiguration configuration, PolicyOptions? made = null)
    {
        var settings = SettingsReader.Read<NotifierOptions>(configuration, "Notifier");
        var receivers = ReceiverSettings.Read(configuration);
        var failures = PolicyCheck.Failures(settings, receivers);
        if (failures.Count > 0)
            throw new OptionsValidationException("Notifier", typeof(NotifierOptions), failures);
        return new(settings, receivers, made is null ? null : Checked(made, settings, receivers));
    }

    /// <summary>What people made, checked beside the settings.</summary>
    /// <exception cref="PolicyTextException">Something is wrong with it.</exception>
    public static PolicyOptions Checked(PolicyOptions made, NotifierOptions settings, ReceiverSettings receivers)
    {
        var faults = PolicyCheck.Failures(made, PolicyOptions.Of(settings), receivers, "Policy").ConvertAll(PolicyText.Plain);
        return faults.Count == 0 ? made : throw new PolicyTextException(faults);
    }
}
