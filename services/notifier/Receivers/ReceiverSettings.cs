using Microsoft.Extensions.Options;
using Sigma.Notifier.Channels;

namespace Sigma.Notifier.Receivers;

/// <summary>
/// The receivers, as the settings have them. Without any there is one, with the integrations that every installation has: WhatsApp and Segware by the
/// settings below <c>Notifier:Channels</c>.
/// </summary>
internal sealed class ReceiverSettings
{
    /// <summary>Name of the receiver of those who set none.</summary>
    public const string Default = "default";

    const string Section = "Notifier:Receivers";

    ReceiverSettings(IReadOnlyList<Receiver> all) => All = all;

    /// <summary>In the order of the settings; at least one.</summary>
    public IReadOnlyList<Receiver> All { get; }

    /// <summary>Those of all receivers.</summary>
    public IEnumerable<Integration> Integrations => All.SelectMany(receiver => receiver.Integrations);

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="OptionsValidationException">Something is wrong; each failure names its key.</exception>
    public static ReceiverSettings Read(IConfiguration configuration)
    {
        var receivers = configuration.GetSection(Section).GetChildren().ToList();
        if (receivers.Count == 0)
            return new([new Receiver(Default, [.. ChannelTypes.All.Where(type => type.IsOfDefaultReceiver)
                .Select(type => new Integration(Default, type.Name, type, null, DefaultSettings(type, configuration)))])]);
        ReceiverReader reader = new(configuration);
        List<Receiver> all = [.. receivers.Select(reader.Read)];
        return reader.Failures.Count == 0 ? new(all) : throw new OptionsValidationException(Section, typeof(ReceiverOptions), reader.Failures);
    }

    static ChannelOptions DefaultSettings(ChannelType type, IConfiguration configuration)
    {
        var settings = type.DefaultSettings(configuration);
        if (type.IsOffByDefault(configuration))
            settings.Enabled = false;
        return settings;
    }
}
