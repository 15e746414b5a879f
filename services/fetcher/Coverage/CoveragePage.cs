using System.Globalization;
using System.Net;
using System.Text;
using Sigma.Fetcher.Queries;
using Sigma.Storage;

namespace Sigma.Fetcher.Coverage;

/// <summary>The coverage as a picture: a row for each hour, a cell for each minute. It needs nothing but itself.</summary>
internal static class CoveragePage
{
    const int MinutesPerHour = 60;
    const long Hour = MinutesPerHour * CoverageStrip.Minute;

    // Times come in UTC; the browser shows them in its own zone.
    const string Head =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="60"><title>Coverage</title><style>
        :root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;margin:1.5em;max-width:70em}
        h1{font-size:1.3em;margin:0}h2{font-size:1.05em;margin:1.5em 0 .3em}
        .hour{display:grid;grid-template-columns:7.5em repeat(60,1fr);gap:1px;align-items:stretch;margin-bottom:2px}
        .hour time{font-variant-numeric:tabular-nums}
        i{min-height:1.25em;border-radius:1px}.key i{display:inline-block;width:1.25em;vertical-align:middle;margin:0 .3em 0 1em}
        .covered{background:#2e9e5b}.late{background:#e0b000}.pending{background:#8ab4f8}
        .missing{background:repeating-linear-gradient(45deg,#c5221f,#c5221f 3px,#7a0c0a 3px,#7a0c0a 5px)}
        .unknown{background:#8884}.none{background:none}table{border-collapse:collapse}
        td,th{border-bottom:1px solid #8886;padding:.2em .8em .2em 0;text-align:left;vertical-align:top}
        </style></head><body>
        """;

    const string Script =
        """
        <script>
        const p=n=>String(n).padStart(2,'0'),day=d=>p(d.getDate())+'/'+p(d.getMonth()+1),clock=d=>p(d.getHours())+':'+p(d.getMinutes());
        document.querySelectorAll('time').forEach(t=>{const d=new Date(t.dateTime);t.textContent=day(d)+' '+clock(d)});
        document.querySelectorAll('.hour').forEach(h=>{const s=new Date(h.firstChild.dateTime).getTime();
        [...h.querySelectorAll('i')].forEach((c,m)=>{if(c.title)c.title=clock(new Date(s+m*60000))+c.title.slice(5)})});
        document.getElementById('zone').textContent=Intl.DateTimeFormat().resolvedOptions().timeZone;
        </script></body></html>
        """;

    public static string Of(string source, KnownCoverage known, IReadOnlyList<MinuteLook> strip)
    {
        var html = new StringBuilder(Head);
        html.Append(CultureInfo.InvariantCulture,
            $"<h1>{Safe(source)}: {Verdict(known)}</h1><p>Times in <span id=\"zone\">UTC</span>. Last poll: {Time(known.PolledAt)}.");
        if (known.Stopped is { } why)
            html.Append(CultureInfo.InvariantCulture, $" It ended early: {Safe(why)}.");
        Key(html.Append("</p>"), strip);
        Hours(html, known.From, strip);
        Others(html, CoverageStrip.Ranges(strip, known.From));
        return html.Append(Script).ToString();
    }

    static string Verdict(KnownCoverage known) => known.Watermark is { } watermark
        ? string.Create(CultureInfo.InvariantCulture,
            $"watched without a gap until {Time(watermark)}, {TimeSpan.FromSeconds((known.Now - watermark) / 1000):c} ago")
        : "not watched yet";

    static void Key(StringBuilder html, IReadOnlyList<MinuteLook> strip)
    {
        html.Append("<p class=\"key\">");
        foreach (var (state, minutes) in CoverageStrip.Count(strip))
            html.Append(CultureInfo.InvariantCulture, $"<i class=\"{state}\"></i>{state} {minutes} min");
        html.Append("</p>");
    }

    static void Hours(StringBuilder html, long from, IReadOnlyList<MinuteLook> strip)
    {
        var end = from + strip.Count * CoverageStrip.Minute;
        for (var hour = from / Hour * Hour; hour < end; hour += Hour)
        {
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"hour\">{Time(hour)}");
            for (var minute = hour; minute < hour + Hour; minute += CoverageStrip.Minute)
                if (minute < from || minute >= end)
                    html.Append("<i class=\"none\"></i>");
                else
                    Cell(html, minute, strip[(int)((minute - from) / CoverageStrip.Minute)]);
            html.Append("</div>");
        }
    }

    static void Cell(StringBuilder html, long minute, MinuteLook look)
    {
        var state = CoverageStrip.Name(look.State);
        html.Append(CultureInfo.InvariantCulture, $"<i class=\"{state}\" title=\"{minute.ToTime():HH:mm} {state}");
        if (look.Reason is { } reason)
            html.Append(": ").Append(Safe(reason));
        html.Append("\"></i>");
    }

    static void Others(StringBuilder html, IReadOnlyList<MinuteRange> ranges)
    {
        var others = ranges.Where(r => r.Look.State is MinuteState.Late or MinuteState.Missing).Reverse().ToList();
        if (others.Count == 0)
            return;
        html.Append("<h2>Late and missing</h2><table><tr><th>From<th>To<th>Minutes<th>State<th>Why<th>Failed tries<th>Next try<th>Covered at</tr>");
        foreach (var (range, look) in others.Select(r => (r, r.Look)))
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{Time(range.From)}<td>{Time(range.To)}<td>{range.Minutes}<td>{CoverageStrip.Name(look.State)}<td>{Safe(look.Reason)}")
                .Append(CultureInfo.InvariantCulture,
                    $"<td>{(look.Attempts > 0 ? look.Attempts : "")}<td>{Time(look.NextTry)}<td>{Time(look.CoveredAt)}</tr>");
        html.Append("</table>");
    }

    static string Time(long? stored) => stored is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"<time datetime=\"{at.ToTime():yyyy-MM-ddTHH:mm:ssZ}\">{at.ToTime():dd/MM HH:mm}</time>")
        : "";

    static string Safe(string? text) => WebUtility.HtmlEncode(text ?? "");
}
