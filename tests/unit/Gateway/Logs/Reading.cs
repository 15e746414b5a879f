using System.Text;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs;
using Sigma.Gateway.Logs.Lines;

namespace Sigma.UnitTests.Gateway.Logs;

/// <summary>What readers of log lines need, and what they yield.</summary>
internal static class Reading
{
    public static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static LineCollector Lines(Integration? integration = null, LogsOptions? limits = null) =>
        new(integration ?? new Integration { Name = "logs", Kind = IntegrationKind.Logs }, limits ?? new LogsOptions(), Now);

    public static KnownFields Known(LogsOptions? options = null) => new(options ?? new LogsOptions());

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Labels(this LogLine line) =>
        string.Join(" ", line.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));

    public static string Fields(this LogLine line) => line.Fields is null ? ""
        : string.Join(" ", line.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
}
