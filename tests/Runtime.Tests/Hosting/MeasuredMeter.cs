using System.Diagnostics.Metrics;

namespace Molino.Runtime.Tests.Hosting;

/// <summary>Reads the instruments of one meter factory's meter.</summary>
internal sealed class MeasuredMeter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _values = [];
    private readonly Dictionary<string, int> _samples = [];
    private readonly Lock _lock = new();

    public MeasuredMeter(IMeterFactory factory, string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == name && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, double> Read()
    {
        lock (_lock)
        {
            _values.Clear();
        }

        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            return new Dictionary<string, double>(_values);
        }
    }

    public int Samples(string name)
    {
        lock (_lock)
        {
            return _samples.GetValueOrDefault(name);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
        lock (_lock)
        {
            _values[name] = value;
            _samples[instrument.Name] = _samples.GetValueOrDefault(instrument.Name) + 1;
        }
    }
}
