using Microsoft.Extensions.Options;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Integrations;

/// <summary>What is wrong with an integration for the reader of its kind, such as a mapping that says half of what it must.</summary>
internal sealed class ReaderFaults(IEnumerable<IWebhook> readers) : IValidateOptions<GatewayOptions>
{
    readonly Dictionary<string, IWebhook> _readers = readers.ToDictionary(reader => reader.Kind);

    /// <summary>A sentence each, which begins with the setting.</summary>
    public IReadOnlyList<string> Of(IntegrationOptions options) =>
        _readers.TryGetValue(options.Kind, out var reader) ? [.. reader.Faults(Integration.Of(options))] : [];

    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = options.Integrations.Index()
            .SelectMany(one => Of(one.Item).Select(fault => $"Gateway__Integrations__{one.Index}__{fault}")).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
