using Microsoft.Extensions.Options;
using Sigma.Notifier.Receivers;
using Sigma.Segware;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

/// <summary>
/// Without a token nothing is put into Segware. The default receiver's channel is off then where nothing is said; one that is wanted stops the start.
/// </summary>
internal sealed class SegwareNeeds(IConfiguration configuration) : IValidateOptions<SegwareOptions>
{
    const string Section = "Notifier:Channels:SegwareAlarmEvent", Enabled = nameof(ChannelOptions.Enabled);

    /// <summary>Whether the default receiver's is off: there is no token, and nobody says that it is on.</summary>
    public static bool IsOffByDefault(IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration["Segware:BearerToken"]) && Says(configuration.GetSection(Section)) is not true;

    public ValidateOptionsResult Validate(string? name, SegwareOptions options)
    {
        if (options.IsOn)
            return ValidateOptionsResult.Success;
        List<string> failures = [.. Wanted()
            .Select(section => $"Segware__BearerToken is required while {section.Replace(":", "__")}__{Enabled} is true")];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    IEnumerable<string> Wanted()
    {
        var receivers = configuration.GetSection("Notifier:Receivers").GetChildren().ToList();
        if (receivers.Count == 0)
            return Says(configuration.GetSection(Section)) is true ? [Section] : [];
        return receivers.SelectMany(receiver => receiver.GetSection(nameof(ReceiverOptions.Integrations)).GetChildren())
            .Where(each => Registration.Type.Name.Equals(each[nameof(IntegrationOptions.Type)], StringComparison.OrdinalIgnoreCase)
                && Says(each) is not false)
            .Select(each => each.Path);
    }

    // What is neither is said where the setting is read.
    static bool? Says(IConfigurationSection section) => bool.TryParse(section[Enabled], out var said) ? said : null;
}
