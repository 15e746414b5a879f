using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Settings;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Routing;

/// <summary>Who is told of which alerts, and when.</summary>
internal sealed class NotificationPolicy
{
    /// <param name="options">Checked.</param>
    /// <param name="receivers">The receivers there are.</param>
    public NotificationPolicy(NotifierOptions options, ReceiverSettings receivers)
    {
        var zone = new LocalTime(Options.Create(options), NullLogger<LocalTime>.Instance).Zone;
        Routes = new(receivers.All[0].Name, options.Routes, zone);
    }

    public RouteBook Routes { get; }

    /// <summary>That of the settings, for who has no service.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; each failure names its key.</exception>
    public static NotificationPolicy Read(IConfiguration configuration)
    {
        var options = SettingsReader.Read<NotifierOptions>(configuration, "Notifier");
        var receivers = ReceiverSettings.Read(configuration);
        var failures = PolicyCheck.Failures(options, receivers);
        return failures.Count == 0 ? new(options, receivers) : throw new OptionsValidationException("Notifier", typeof(NotifierOptions), failures);
    }
}
