// Names and types of Rust.
use std::collections::HashMap;

enum Shape {
    Circle(f64),
    Rectangle { width: f64, height: f64 },
}

trait Area {
    fn area(&self) -> f64;
}

impl Area for Shape {
    #[inline(never)]
    fn area(&self) -> f64 {
        match self {
            Shape::Circle(radius) => radius * radius * 3.0,
            Shape::Rectangle { width, height } => width * height,
        }
    }
}

fn main() {
    let mut known: HashMap<String, Shape> = HashMap::new();
    known.insert("c".to_string(), Shape::Circle(1.0));
    known.insert("r".to_string(), Shape::Rectangle { width: 2.0, height: 3.0 });
    let total: f64 = known.values().map(|shape| shape.area()).sum();
    println!("{}", total);
}
