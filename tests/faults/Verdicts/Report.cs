using System.Globalization;
using System.Text.Json;
using Sigma.Faults.Injection;

namespace Sigma.Faults.Verdicts;

/// <summary>The result, printed and as JSON.</summary>
internal sealed class Report(CommandLine wanted, IReadOnlyList<(string What, string Value)> about, IReadOnlyList<Figure> figures,
    IReadOnlyList<InjectedFault> strikes)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public bool Passed => figures.All(f => f.Passed != false);

    public void Print(TextWriter to)
    {
        to.WriteLine();
        foreach (var (what, value) in about)
            to.WriteLine($"{what,-10} {value}");
        var width = figures.Max(f => f.Name.Length);
        foreach (var part in figures.GroupBy(f => f.Part))
        {
            to.WriteLine();
            to.WriteLine(part.Key);
            foreach (var f in part)
            {
                var verdict = f.Passed switch { true => "pass", false => "FAIL", _ => "" };
                to.WriteLine($"  {f.Name.PadRight(width)}  {Text(f),14}  {Limit(f),-12} {verdict}".TrimEnd());
                foreach (var example in f.Passed == false ? f.Examples : [])
                    to.WriteLine($"    {example}");
            }
        }
        to.WriteLine();
        to.WriteLine(Passed ? "Nothing lost, nothing said twice." : "The promise was broken.");
    }

    public async Task Write(string file, CancellationToken ct)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new
        {
            wanted.Seed,
            Minutes = wanted.Length.TotalMinutes,
            About = about.ToDictionary(a => a.What, a => a.Value),
            Passed,
            Figures = figures.Select(f => new { f.Part, f.Name, f.Value, f.Unit, f.AtMost, f.AtLeast, f.Passed, f.Examples }),
            Faults = strikes.Select(s => new { s.Group, s.What, s.From, s.To, RecoveredSeconds = s.Recovered?.TotalSeconds }),
        }, Json, ct);
    }

    static string Text(Figure f) => $"{f.Value.ToString(f.Value % 1 == 0 ? "#,0" : "#,0.0", CultureInfo.InvariantCulture)} {f.Unit}".TrimEnd();

    static string Limit(Figure f) =>
        f.AtLeast is { } least
            ? $"at least {least:0}" : f.AtMost switch { null => "", 0 => "must be 0", > 9000 => "must end", { } most => $"at most {most:0}" };
}
