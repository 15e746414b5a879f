using System.Security.Cryptography;
using Sigma.Contracts;

namespace Sigma.Standalone;

/// <summary>The integrations of the demonstration, each with a key of this run's own, and the rules that watch their news.</summary>
internal sealed class DemonstratedIntegrations
{
    /// <summary>Their names.</summary>
    public const string Agents = "agents", Metrics = "metrics", Monitor = "uptime";

    const string Account = "300001";

    readonly Dictionary<string, string> _keys = new[] { Agents, Metrics, Monitor }
        .ToDictionary(name => name, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>The key of one of them.</summary>
    public string KeyOf(string name) => _keys[name];

    /// <summary>The settings of integrations and rules.</summary>
    public Dictionary<string, string?> Settings()
    {
        Dictionary<string, string?> settings = new()
        {
            ["Evaluator:Rules:0:Name"] = "excess-of-events",
            ["Evaluator:Rules:1:Name"] = "silent-agent",
            ["Evaluator:Rules:1:Kind"] = RuleKind.Absence,
            ["Evaluator:Rules:1:Source"] = Agents,
            ["Evaluator:Rules:1:GroupBy"] = "account,host",
            ["Evaluator:Rules:1:After"] = "00:10:00",
            ["Evaluator:Rules:1:Summary"] = "O agente {host} não dá notícias",
            ["Evaluator:Rules:2:Name"] = "disk-full",
            ["Evaluator:Rules:2:Kind"] = RuleKind.Threshold,
            ["Evaluator:Rules:2:Source"] = Metrics,
            ["Evaluator:Rules:2:GroupBy"] = "account,host",
            ["Evaluator:Rules:2:Limit"] = "90",
            ["Evaluator:Rules:2:RecoveryLimit"] = "80",
            ["Evaluator:Rules:2:Unit"] = "%",
            ["Evaluator:Rules:2:Summary"] = "O disco de {host} está quase cheio",
            // At this speed a slice of ten seconds is an eighth of one.
            ["Gateway:Slice"] = "00:01:00",
            ["Gateway:Integrations:0:Agent"] = "host",
        };
        (string Name, string Kind)[] all = [(Agents, "logs"), (Metrics, "metrics"), (Monitor, "uptime-kuma")];
        foreach (var (index, (name, kind)) in all.Index())
        {
            settings[$"Gateway:Integrations:{index}:Name"] = name;
            settings[$"Gateway:Integrations:{index}:Kind"] = kind;
            settings[$"Gateway:Integrations:{index}:Key"] = KeyOf(name);
            settings[$"Gateway:Integrations:{index}:Labels:account"] = Account;
        }
        return settings;
    }
}
