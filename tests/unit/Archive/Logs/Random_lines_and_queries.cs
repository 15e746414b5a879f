using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Archive.Logs;
using Sigma.Hosting.Lines;

namespace Sigma.UnitTests.Archive.Logs;

/// <summary>What the files find is what somebody finds who reads line by line.</summary>
public sealed class Random_lines_and_queries
{
    static readonly string Long = new('x', 70);

    static readonly string[] Vocabulary =
    [
        "erro", "Erro", "érro", "ERRO-1", "timeout", "time", "user_id", "10.0.0.1", "ação", "acao", "connection", "refused", "conn", "a", "ab", "abc",
        "[warn]", "--", "x=y", "\"quoted\"", "日本", "ß", "Ø", "🙂ok", Long + "a", Long + "b", "AND", "OR", "NOT", "NEAR", "words:", "*", "42",
    ];

    static readonly string[] Levels = ["critical", "high", "medium", "info"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Are_found_as_by_reading_all(int seed)
    {
        Random random = new(seed);
        await using LogFolder folder = new();
        List<StoredLine> all = [];
        for (var batch = 0; batch < 12; batch++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 60)).Select(_ => RandomLine(random, all.Count)).ToArray();
            all.AddRange(lines);
            await folder.Put(lines);
        }
        for (var round = 0; round < 150; round++)
        {
            var (text, accepts) = RandomQuery(random);
            var range = random.Next(3) > 0 ? LogFolder.Always : RandomRange(random);
            var expected = all.Where(line => line.Ticks >= range.From && line.Ticks < range.To && accepts(line)).ToList();

            var found = await folder.Find(text, range, random.Next(1, 40));
            Assert.Equal(expected.Select(line => line.Ticks).OrderDescending(), found.Select(line => line.Ticks));
            Assert.True(Contents(expected).SequenceEqual(Contents(found)), text);

            var whole = RandomRange(random);
            var counted = await folder.Store.Count(LogQueryParser.Parse(text), whole, 7, CancellationToken.None);
            Assert.Null(counted.CountedFrom);
            for (var part = 0; part < 7; part++)
                Assert.Equal(all.Count(line => line.Ticks >= whole.From && line.Ticks < whole.To && accepts(line)
                    && (int)((Int128)(line.Ticks - whole.From) * 7 / (whole.To - whole.From)) == part), counted.Counts[part].Sum());
        }
    }

    static StoredLine RandomLine(Random random, int number) => LogFolder.Line(
        string.Join(" ,;\t"[random.Next(4)], Enumerable.Range(0, random.Next(6)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)])),
        LogFolder.Noon.AddMinutes(random.Next(-3000, 3000)).AddTicks(random.Next(3)),
        random.Next(5) is < 4 and var level ? Levels[level] : null, $"source-{random.Next(2)}",
        Pairs(random, ("host", "ab"), ("app", "xyz"), ("source", "s")),
        random.Next(2) == 0 ? null : Pairs(random, ("Trace", "pq"), ("app", "w")));

    static Dictionary<string, string> Pairs(Random random, params (string Name, string Values)[] choices) =>
        choices.Where(_ => random.Next(2) == 0).ToDictionary(choice => choice.Name,
            choice => random.Next(6) == 0 ? "" : $"{choice.Values[random.Next(choice.Values.Length)]}");

    static LogRange RandomRange(Random random)
    {
        var from = LogFolder.Noon.AddMinutes(random.Next(-3000, 2000));
        return new LogRange(StoredLine.TicksOf(from), StoredLine.TicksOf(from.AddMinutes(random.Next(1, 3000)).AddTicks(random.Next(3))));
    }

    static (string Text, Predicate<StoredLine> Accepts) RandomQuery(Random random)
    {
        List<string> texts = [];
        List<Predicate<StoredLine>> all = [];
        for (var term = random.Next(1, 4); term > 0; term--)
        {
            var not = random.Next(4) == 0;
            var (text, accepts) = random.Next(5) switch
            {
                0 => RandomLabel(random),
                1 => RandomLevel(random),
                _ => RandomWords(random),
            };
            texts.Add((not ? "-" : "") + text);
            all.Add(line => accepts(line) != not);
        }
        return (string.Join(' ', texts), line => all.TrueForAll(accepts => accepts(line)));
    }

    static (string, Predicate<StoredLine>) RandomWords(Random random)
    {
        List<string> words;
        string raw;
        do
        {
            raw = string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => Vocabulary[random.Next(Vocabulary.Length)]));
            words = Words(raw);
        }
        while (words.Count == 0);
        var begins = random.Next(3) == 0;
        return ($"\"{raw.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"{(begins ? "*" : "")}", line =>
        {
            var there = Words(line.Line.Text);
            return Enumerable.Range(0, Math.Max(0, there.Count - words.Count + 1)).Any(start => words.Select((word, at) => (word, at)).All(pair =>
                begins && pair.at == words.Count - 1 ? there[start + pair.at].StartsWith(pair.word, StringComparison.Ordinal)
                : there[start + pair.at] == pair.word));
        });
    }

    static (string, Predicate<StoredLine>) RandomLabel(Random random)
    {
        var name = ((string[])["host", "app", "source", "trace", "nothing"])[random.Next(5)];
        var value = ((string[])["a", "x", "w", "p", "", "s", "source-1"])[random.Next(7)];
        return random.Next(4) switch
        {
            0 => ($"{name}=\"{value}\"", line => ValueOf(line, name) == value),
            1 => ($"{name}!=\"{value}\"", line => ValueOf(line, name) != value),
            2 => ($"{name}=~\"{value}|b.*\"", line => Regex.IsMatch(ValueOf(line, name), $"^({value}|b.*)$")),
            _ => ($"{name}!~\"[a-w]\"", line => !Regex.IsMatch(ValueOf(line, name), "^[a-w]$")),
        };
    }

    static (string, Predicate<StoredLine>) RandomLevel(Random random)
    {
        var limit = (LineLevel)random.Next(5);
        var name = $"{limit}".ToLowerInvariant();
        return random.Next(3) switch
        {
            0 => ($"level>={name}", line => line.Level >= limit),
            1 => ($"level={name},high", line => line.Level == limit || line.Level == LineLevel.High),
            _ => ($"level!={name}", line => line.Level != limit),
        };
    }

    static string ValueOf(StoredLine line, string name) =>
        line.Line.Labels.TryGetValue(name, out var label) ? label
        : line.Line.Fields?.FirstOrDefault(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Key: not null } field ? field.Value
        : name == "source" ? line.Source : "";

    static List<string> Words(string text) =>
        [.. Regex.Matches(new string([.. text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c)
            != UnicodeCategory.NonSpacingMark)]), @"[\p{L}\p{Nd}]+").Select(word => word.Value.ToLowerInvariant())];

    static IEnumerable<string> Contents(IEnumerable<StoredLine> lines) => lines.Select(line => string.Join('|', [$"{line.Ticks}", line.Source,
        $"{line.Level}", line.Line.Text, .. line.Line.Labels.OrderBy(pair => pair.Key).Select(pair => $"{pair}"),
        .. (line.Line.Fields ?? new Dictionary<string, string>()).Select(pair => $"{pair}")])).Order(StringComparer.Ordinal);
}
