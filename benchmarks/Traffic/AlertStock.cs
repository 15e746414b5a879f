using System.Buffers.Text;
using System.Globalization;
using Sigma.Contracts;

namespace Sigma.Benchmarks.Traffic;

/// <summary>
/// Alerts by number, as a large monitoring station has them. Their ids begin with what they were made for, so that one is found in whatever a screen
/// is sent, and grow as those of the evaluator do.
/// </summary>
internal static class AlertStock
{
    public const int Rules = 40, Accounts = 5_000, Companies = 300;

    public const string Shape = "40 rules of five severities and five sources, 5,000 accounts of 300 companies";

    const int RulesOfSource = Rules / 5, IdLength = 18;

    static readonly string[] Severities = ["critical", "high", "warning", "low", "info"],
        Sources = ["segware", "zabbix", "prometheus", "grafana", "agents"],
        Subjects = ["comunicacao", "bateria", "disparo", "memoria", "disco", "latencia", "energia", "tamper"];

    public static string Severity(int number) => Severities[number % Rules % Severities.Length];

    public static string Source(int number) => Sources[number % Rules / RulesOfSource];

    public static string Rule(int number) => $"{Source(number)}-{Subjects[number % RulesOfSource]}";

    // Scattered: neighbours in number are of other accounts.
    public static string Account(int number) => Text(10_000 + (int)(number * 2_654_435_761L % Accounts));

    public static string Company(string account) => $"Empresa {int.Parse(account, CultureInfo.InvariantCulture) % Companies:000} Segurança Ltda.";

    public static Guid Id(uint series, int number) =>
        new(series, (ushort)(number >> 16), (ushort)number, 0x9c, 0x1d, 0x52, 0x60, 0x7e, 0x0b, 0x4a, 0x33);

    /// <summary>The number of the next alert of a series that a text names, and where the text goes on; -1 where there is none.</summary>
    public static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> series, out int end)
    {
        for (var from = 0; text[from..].IndexOf(series) is var at and >= 0; from += at + 1)
        {
            var id = text[(from + at)..];
            if (id.Length < IdLength || !Utf8Parser.TryParse(id[9..13], out ushort high, out var read, 'x') || read != 4
                || !Utf8Parser.TryParse(id[14..18], out ushort low, out read, 'x') || read != 4)
                continue;
            end = from + at + IdLength;
            return high << 16 | low;
        }
        end = text.Length;
        return -1;
    }

    public static AlertRaised Raised(uint series, int number, DateTimeOffset at) => new()
    {
        AlertId = Id(series, number), Rule = Rule(number), Kind = Kind(number), Severity = Severity(number),
        Category = Subjects[number % RulesOfSource], Source = Source(number), Labels = Labels(number), Summary = Summary(number),
        Value = 20 + number % 70, Limit = 20, Unit = "%", Annotations = new Dictionary<string, string>
        {
            ["description"] = $"{Summary(number)}: acima do limite desde a última verificação; ver o procedimento da central antes de ligar.",
        },
        Url = $"https://monitor.example.com/rules/{Rule(number)}?key={number}", Since = at.AddMinutes(-2), RaisedAt = at,
    };

    public static AlertCleared Cleared(uint series, int number, DateTimeOffset raisedAt, DateTimeOffset at) => new()
    {
        AlertId = Id(series, number), Rule = Rule(number), Kind = Kind(number), Severity = Severity(number),
        Category = Subjects[number % RulesOfSource], Source = Source(number), Labels = Labels(number), Summary = Summary(number), Value = 3,
        Limit = 20, Unit = "%", Reason = "value-normal", RaisedAt = raisedAt, ClearedAt = at,
    };

    public static Dictionary<string, string> Labels(int number) => new()
    {
        ["account"] = Account(number), ["host"] = $"srv-{number % 20_000:00000}",
        ["instance"] = $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
    };

    public static string Summary(int number) =>
        $"{Subjects[number % RulesOfSource]} de srv-{number % 20_000:00000} em {20 + number % 70} %, limite de 20 %";

    static string Kind(int number) => number % RulesOfSource < 2 ? RuleKind.External : RuleKind.Threshold;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
