using System.ComponentModel.DataAnnotations;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Integrations;

/// <summary>Somebody who may send to us.</summary>
public sealed class IntegrationOptions
{
    /// <summary>Name, at most 64 characters of a-z, 0-9, '-', '_' and '.': the source of its news, and the last part of its address.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9._-]{0,63}")]
    public string Name { get; set; } = "";

    /// <summary>What it speaks; see <see cref="IntegrationKind"/>.</summary>
    [Required]
    public string Kind { get; set; } = "";

    /// <summary>The key that it shows, at least 16 characters. It is kept hashed.</summary>
    public string Key { get; set; } = "";

    /// <summary>Secret of the sender's signature, where its kind signs.</summary>
    public string? Secret { get; set; }

    /// <summary>Labels that all of its news gets; they win over the sender's own.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>Severity of what says none: <c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c> or <c>info</c>.</summary>
    public string DefaultSeverity { get; set; } = "medium";

    /// <summary>Further words of the sender's for severities, without case: word to severity.</summary>
    public Dictionary<string, string> SeverityWords { get; set; } = [];

    /// <summary>
    /// Where in the body is what: for the kinds <c>generic</c>, <c>zabbix</c> and <c>standard-webhook</c>. Of the other webhooks only severity,
    /// service,
    /// region and labels are looked for there, before where their senders usually have them.
    /// </summary>
    public MappingOptions Mapping { get; set; } = new();

    /// <summary>What only its kind knows, by name; see docs/sources.md.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    /// <summary>What its sender does not repeat for so long is over; not set: never, unless its kind says so.</summary>
    [Duration("00:00:10", "90.00:00:00")]
    public TimeSpan? CloseAfter { get; set; }

    /// <summary>
    /// Of the kind <c>logs</c>: labels by which an agent is known, comma separated, of which the first that a line has counts. Each of its lines is
    /// also a sign of life of it. Empty: none is.
    /// </summary>
    public string Agent { get; set; } = "host,service,app";

    /// <summary>Whether it is taken in.</summary>
    public bool On { get; set; } = true;
}
