using System.Globalization;
using System.Text.Json;

namespace Sigma.Benchmarks.Figures;

/// <summary>The table of figures and the machine they were measured on.</summary>
internal sealed class Report(IReadOnlyList<(string What, string Value)> machine)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly List<Figure> _figures = [];
    readonly List<string> _notes = [];

    public bool AllPassed => _figures.TrueForAll(f => f.Passed != false);

    public void Add(params ReadOnlySpan<Figure> figures) => _figures.AddRange(figures);

    /// <summary>What a reader must know to understand the figures.</summary>
    public void Note(string note) => _notes.Add(note);

    public void Print(TextWriter to)
    {
        to.WriteLine();
        foreach (var (what, value) in machine)
            to.WriteLine($"{what,-10} {value}");
        to.WriteLine();
        var width = _figures.Max(f => f.Name.Length);
        foreach (var part in _figures.GroupBy(f => f.Part))
        {
            to.WriteLine(part.Key);
            foreach (var f in part)
            {
                var verdict = f.Passed switch { true => "pass", false => "FAIL", _ => "" };
                to.WriteLine($"  {f.Name.PadRight(width)}  {Text(f.Value, f.Unit),14}  {Target(f),-20} {verdict}".TrimEnd());
            }
        }
        to.WriteLine();
        foreach (var note in _notes)
            to.WriteLine($"- {note}");
        to.WriteLine();
        to.WriteLine(AllPassed ? "Every target is met." : "A target is missed.");
    }

    public async Task Write(string file, CancellationToken ct)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, new
        {
            measuredAt = TimeProvider.System.GetUtcNow(),
            machine = machine.ToDictionary(m => m.What, m => m.Value),
            figures = _figures,
            notes = _notes,
            allPassed = AllPassed,
        }, Json, ct);
    }

    static string Target(Figure f) => f switch
    {
        { AtMost: { } most } => $"at most {Text(most, f.Unit)}",
        { AtLeast: { } least } => $"at least {Text(least, f.Unit)}",
        _ => "",
    };

    static string Text(double value, string unit) =>
        $"{value.ToString(value < 100 && value != Math.Floor(value) ? "0.##" : "#,0", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
}
